import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backendsReport, type Probed } from '../../../../src/engine/doctor/backends-report.ts';
import type { Backend, BackendProbe, Detection } from '../../../../src/engine/networks/backends/backend.ts';
import { chooseBackends, isWorthGpu } from '../../../../src/engine/networks/backends/choose-backends.ts';
import { type BackendName, backendNames } from '../../../../src/shared/backend.ts';
import { backendsWords } from '../../../../src/shared/results/doctor.ts';

/** A machine with these backends' files. */
function machine(here: readonly BackendName[]): Record<BackendName, Backend> {
  const backend = (name: BackendName): Backend => ({
    name,
    title: name,
    tfjsName: name,
    onGpu: name === 'tfjs-node-gpu' || name === 'webgpu',
    detect: (): Detection =>
      here.includes(name) ? { found: true, words: 'here' } : { found: false, words: 'not installed', needs: 'it' },
    start: () => assert.fail('nothing is started to choose'),
  });
  return Object.fromEntries(backendNames.map((name) => [name, backend(name)])) as Record<BackendName, Backend>;
}

const namesOf = (choice: 'auto' | BackendName, here: readonly BackendName[]) =>
  chooseBackends(choice, machine(here)).map(({ name }) => name);

describe('the order in which backends are tried', () => {
  it('auto takes a GPU before wasm, and never tfjs-node', () => {
    assert.deepEqual(namesOf('auto', ['wasm']), ['wasm']);
    assert.deepEqual(namesOf('auto', ['wasm', 'tfjs-node']), ['wasm']);
    assert.deepEqual(namesOf('auto', [...backendNames]), ['tfjs-node-gpu', 'webgpu', 'wasm']);
  });

  it('one that is asked for comes first even where it is not, so that its absence is said', () => {
    assert.deepEqual(namesOf('tfjs-node', ['wasm']), ['tfjs-node', 'wasm']);
    assert.deepEqual(namesOf('wasm', [...backendNames]), ['wasm']);
  });

  it('a GPU is for networks whose step is long', () => {
    assert.equal(isWorthGpu({ multiplicationsPerStep: 3 * 226 * 32 }), false);
    assert.equal(isWorthGpu({ multiplicationsPerStep: 3 * 1e6 * 256 }), true);
  });
});

describe('what is said of the backends', () => {
  const probe = { device: 'a device', isSoftware: false, stepsPerSecond: 100 };

  it('which runs and why; one that failed is left, with what it needs', () => {
    const here = machine(['wasm', 'tfjs-node-gpu', 'webgpu']);
    const probed: Probed = new Map<BackendName, BackendProbe | Error>([
      ['tfjs-node-gpu', new Error('no CUDA device')],
      ['webgpu', probe],
      ['wasm', probe],
    ]);
    const report = backendsReport('auto', probed, here);
    assert.equal(report.runs, 'webgpu');
    assert.equal(report.faster, null);
    assert.equal(backendsWords(report), 'Networks train on webgpu: a GPU is the fastest for large networks.');
    const [, cuda] = report.backends;
    assert.equal(cuda.state, 'fails');
    assert.match(cuda.words, /no CUDA device/);
    assert.match(cuda.needs ?? '', /NVIDIA driver/);
  });

  it('a GPU that the CPU imitates is not taken by auto, only where it is asked for', () => {
    const probed = new Map([['webgpu', { ...probe, isSoftware: true }]] as const);
    const here = machine(['wasm', 'webgpu']);
    assert.equal(backendsReport('auto', probed, here).runs, 'wasm');
    assert.equal(backendsReport('webgpu', probed, here).runs, 'webgpu');
  });

  it('one that was asked for and is not there', () => {
    const report = backendsReport('tfjs-node', new Map(), machine(['wasm']));
    assert.equal(report.runs, 'wasm');
    assert.match(backendsWords(report), /^Networks train on wasm: tfjs-node, which was asked for, does not run here\./);
    assert.deepEqual(
      report.backends.map(({ state }) => state),
      ['runs', 'absent', 'absent', 'absent'],
    );
  });
});
