import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from '../../../../src/engine/networks/backends/backend.ts';
import { installComposedKernels } from '../../../../src/engine/networks/backends/composed-kernels.ts';
import { backends } from '../../../../src/engine/networks/backends/registry.ts';
import { cases } from './conformance.ts';
import { assertClose } from './wasm/compare-backends.ts';

/**
 * Every backend that runs here gives the numbers of tfjs's plain cpu backend, to 1e-4 of the largest. Backends that are not here are
 * skipped, and said; `npm run check:backends` installs those that need no GPU. One that VITRINE_BACKEND names must run.
 */
const tolerance = 1e-4;

await setBackend('cpu');
installComposedKernels('cpu');
const expected = new Map<string, number[]>();
for (const { name, compute } of cases) expected.set(name, await compute());

/** Why it cannot be tested here; undefined where it has started. */
async function absence(backend: Backend): Promise<string | undefined> {
  const detection = backend.detect();
  if (!detection.found) return `${detection.words}; needs ${detection.needs}`;
  try {
    await backend.start();
    return undefined;
  } catch (error) {
    return `does not start: ${(error as Error).message}`;
  }
}

// All are started before the first test runs: tests of one suite begin while the module still awaits.
const absences = new Map<Backend, string | undefined>();
for (const backend of Object.values(backends)) absences.set(backend, await absence(backend));

for (const [backend, absent] of absences) {
  describe(backend.title, () => {
    if (absent !== undefined) {
      test('skipped', { skip: process.env.VITRINE_BACKEND === backend.name ? false : absent }, () =>
        assert.fail(absent),
      );
      return;
    }
    for (const { name, compute } of cases) {
      test(name, async () => {
        await setBackend(backend.tfjsName);
        const before = memory().numTensors;
        assertClose(await compute(), expected.get(name)!, tolerance);
        assert.equal(memory().numTensors, before, 'tensors were left behind');
      });
    }
  });
}

test('a backend that is off by a thousandth would be caught', () => {
  const right = expected.get(cases[0].name)!;
  const wrong = right.map((value) => value * 1.001);
  assert.throws(() => assertClose(wrong, right, tolerance));
});
