import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backendsReport, type Probed } from '../../../../src/engine/doctor/backends-report.ts';
import type { Backend, BackendProbe, Detection } from '../../../../src/engine/networks/backends/backend.ts';
import { chooseBackends } from '../../../../src/engine/networks/backends/choose-backends.ts';
import { backends } from '../../../../src/engine/networks/backends/registry.ts';
import { type BackendName, backendNames } from '../../../../src/shared/backend.ts';
import { backendsWords } from '../../../../src/shared/results/doctor.ts';

/** A machine with these backends' files. */
function machine(here: readonly BackendName[]): Record<BackendName, Backend> {
  const backend = (name: BackendName): Backend => ({
    name,
    title: name,
    tfjsName: name,
    onGpu: name === 'tfjs-node-gpu' || name === 'webgpu',
    leastWork: { wasm: 0, 'tfjs-node-gpu': 100, webgpu: 100, 'tfjs-node': 1000 }[name],
    detect: (): Detection =>
      here.includes(name) ? { found: true, words: 'here' } : { found: false, words: 'not installed', needs: 'it' },
    start: () => assert.fail('nothing is started to choose'),
  });
  return Object.fromEntries(backendNames.map((name) => [name, backend(name)])) as Record<BackendName, Backend>;
}

const namesOf = (choice: 'auto' | BackendName, here: readonly BackendName[], multiplicationsPerStep = 1e4) =>
  chooseBackends(choice, machine(here), { multiplicationsPerStep });

describe('the order in which backends are tried', () => {
  it('auto takes a GPU, then what is faster on the CPU, then wasm', () => {
    assert.deepEqual(namesOf('auto', ['wasm']), ['wasm']);
    assert.deepEqual(namesOf('auto', ['wasm', 'tfjs-node']), ['tfjs-node', 'wasm']);
    assert.deepEqual(namesOf('auto', [...backendNames]), ['tfjs-node-gpu', 'webgpu', 'tfjs-node', 'wasm']);
  });

  it('auto takes each for networks whose step is long enough for it', () => {
    assert.deepEqual(namesOf('auto', [...backendNames], 99), ['wasm']);
    assert.deepEqual(namesOf('auto', [...backendNames], 100), ['tfjs-node-gpu', 'webgpu', 'wasm']);
    assert.deepEqual(
      chooseBackends('auto', machine([...backendNames])),
      ['wasm'],
      'where nothing is told of the network',
    );
  });

  it('one that is asked for comes first, whatever the size, even where it is not, so that its absence is said', () => {
    assert.deepEqual(namesOf('tfjs-node', ['wasm'], 1), ['tfjs-node', 'wasm']);
    assert.deepEqual(namesOf('wasm', [...backendNames]), ['wasm']);
  });

  it('perceptrons of ordinary size are for wasm, wide ones for a GPU', () => {
    const ordinary = 3 * 86_000 * 128;
    const wide = 3 * 1e6 * 256;
    assert.ok(backends.webgpu.leastWork > ordinary && backends['tfjs-node'].leastWork > ordinary);
    assert.ok(backends.webgpu.leastWork < wide && backends['tfjs-node-gpu'].leastWork < wide);
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
    assert.equal(report.runs, 'wasm');
    assert.deepEqual(report.large, { name: 'webgpu', leastWork: 100 });
    assert.equal(report.faster, null);
    assert.equal(
      backendsWords(report),
      'Networks train on wasm: it is the fastest for networks of ordinary size. Those of 1e+2 multiplications a step or more train on webgpu.',
    );
    const [, cuda] = report.backends;
    assert.equal(cuda.state, 'fails');
    assert.match(cuda.words, /no CUDA device/);
    assert.match(cuda.needs ?? '', /NVIDIA driver/);
  });

  it('a GPU that the CPU imitates is not taken by auto, only where it is asked for', () => {
    const probed = new Map([['webgpu', { ...probe, isSoftware: true }]] as const);
    const here = machine(['wasm', 'webgpu']);
    assert.equal(backendsReport('auto', probed, here).large, null);
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
