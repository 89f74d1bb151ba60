import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { backendChoice } from '../../../src/engine/run/backend-plan.ts';
import type { StudySnapshot } from '../../../src/shared/results/study.ts';
import type { TrialRecord } from '../../../src/shared/trial.ts';
import { readExperiment, smallProject } from './experiments.ts';

/** A folder with a tfjs-node whose native code is this program. */
function fakeAccelerator(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-accelerator-'));
  const packageFolder = join(folder, 'node_modules/@tensorflow/tfjs-node');
  mkdirSync(join(packageFolder, 'lib/napi-v8'), { recursive: true });
  writeFileSync(join(packageFolder, 'package.json'), '{"version": "0.0.1", "main": "index.js"}');
  writeFileSync(join(packageFolder, 'lib/napi-v8/tfjs_binding.node'), '');
  writeFileSync(join(packageFolder, 'index.js'), program);
  return folder;
}

/** Starts as tfjs-node does, in the engine that all copies of tfjs share; the first tensor is too much for it. */
const outOfMemory = `
  const write = () => { throw new Error('out of GPU memory'); };
  const backend = { write, numDataIds: () => 0, disposeData: () => true, floatPrecision: () => 32, dispose() {} };
  globalThis._tfengine.registerBackend('tensorflow', () => backend, 3);
`;

/** A search of two networks on tfjs-node, whose program is given. */
async function searchOn(program: string): Promise<{ snapshot: StudySnapshot; networks: readonly TrialRecord[] }> {
  process.env.VITRINE_ACCELERATORS = fakeAccelerator(program);
  const yaml = [
    'learners: [mlp]',
    'space: { mlp: { layers: { value: 1 }, units: { value: 8 } } }',
    'budget: { trials: 3 }',
    'search: { workers: 1, sampler: random, backend: tfjs-node }',
    'explain: none',
    'robustness: none',
    'ensemble: none',
  ].join('\n');
  const { file } = smallProject(yaml, 60);
  const engine = new Engine();
  try {
    await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    const snapshot = await engine.call('run.wait', { file });
    const { trials } = await engine.call('trials.list', { file });
    return { snapshot, networks: trials.filter(({ learner }) => learner === 'mlp') };
  } finally {
    await engine.close();
  }
}

describe('a backend that goes wrong: its trial says so, and the study goes on with the next', () => {
  afterEach(() => {
    delete process.env.VITRINE_ACCELERATORS;
  });

  const cases = [
    {
      name: 'throws when it is loaded',
      program: "throw new Error('libcudart.so.12 is missing')",
      why: /libcudart\.so/,
    },
    { name: 'aborts the process', program: 'process.abort()', why: /ended unasked \(signal SIGABRT\)/ },
    { name: 'registers no backend', program: '', why: /not found in registry/ },
    { name: 'throws while it trains', program: outOfMemory, why: /out of GPU memory/ },
  ];
  for (const { name, program, why } of cases) {
    it(name, async () => {
      const { snapshot, networks } = await searchOn(program);
      assert.equal(snapshot.run, 'finished', snapshot.message);
      assert.match(snapshot.message, /Networks went on without tfjs-node: /);
      assert.ok(networks.length > 0);
      for (const { state, message } of networks) assert.equal(state, 'complete', message);
      const [first, ...later] = networks.map(({ attributes }) => String(attributes.backend ?? ''));
      assert.match(first, /^wasm, since tfjs-node failed: /);
      assert.match(first, why);
      assert.deepEqual(
        later,
        later.map(() => ''),
        'the others did not try it again',
      );
    });
  }
});

describe('the choice of a backend', () => {
  it('of the machine stands before that of the file', () => {
    assert.equal(backendChoice('auto', undefined), 'auto');
    assert.equal(backendChoice('webgpu', ''), 'webgpu');
    assert.equal(backendChoice('webgpu', 'wasm'), 'wasm');
    assert.throws(() => backendChoice('auto', 'cuda'), /VITRINE_BACKEND is "cuda", which is no backend/);
  });
});
