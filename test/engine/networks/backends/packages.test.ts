import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { addPackagePlace, findPackage, packagePlaces } from '../../../../src/engine/networks/backends/packages.ts';
import { tfjsNode } from '../../../../src/engine/networks/backends/tfjs-node.ts';
import { webgpu } from '../../../../src/engine/networks/backends/webgpu.ts';

/** A folder with a package of this name and manifest. */
function installed(name: string, manifest: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-packages-'));
  mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  writeFileSync(join(folder, 'node_modules', name, 'package.json'), manifest);
  return folder;
}

describe('a package that a person may have installed', () => {
  it('is found in the first place that has it, or in a folder above', () => {
    const [first, second] = ['1.0.0', '2.0.0'].map((version) => installed('webgpu', JSON.stringify({ version })));
    assert.equal(findPackage('webgpu', ['/nowhere', first, second])?.version, '1.0.0');
    const below = join(second, 'a', 'b');
    assert.deepEqual(findPackage('webgpu', [below]), {
      folder: join(second, 'node_modules', 'webgpu'),
      version: '2.0.0',
    });
    assert.equal(findPackage('@tensorflow/tfjs-node', [first]), undefined);
  });

  it('is none where its manifest was cut off', () => {
    assert.equal(findPackage('webgpu', [installed('webgpu', '{"version":')]), undefined);
    assert.equal(findPackage('webgpu', [installed('webgpu', '{"name": "webgpu"}')]), undefined);
  });
});

describe('what is found is not loaded, and what is missing is said', () => {
  const before = process.env.VITRINE_ACCELERATORS;
  afterEach(() => {
    if (before === undefined) delete process.env.VITRINE_ACCELERATORS;
    else process.env.VITRINE_ACCELERATORS = before;
  });

  it('VITRINE_ACCELERATORS names places that come first', () => {
    process.env.VITRINE_ACCELERATORS = ['/one', '/two'].join(delimiter);
    assert.deepEqual(packagePlaces().slice(0, 3), ['/one', '/two', process.cwd()]);
    addPackagePlace('/three');
    assert.deepEqual(packagePlaces().slice(0, 4), ['/one', '/two', '/three', process.cwd()]);
  });

  it('tfjs-node without its addon', () => {
    process.env.VITRINE_ACCELERATORS = installed('@tensorflow/tfjs-node', '{"version": "4.22.0"}');
    const detection = tfjsNode.detect();
    assert.equal(detection.found, false);
    assert.match(detection.words, /4\.22\.0 in .*without its native addon/);
  });

  it('half of what WebGPU takes', () => {
    process.env.VITRINE_ACCELERATORS = installed('webgpu', '{"version": "0.6.2"}');
    const detection = webgpu.detect();
    if (detection.found) return assert.fail('tfjs-backend-webgpu is installed beside this test');
    assert.match(detection.words, /^not installed: @tensorflow\/tfjs-backend-webgpu$/);
    assert.equal(detection.needs, 'npm install @tensorflow/tfjs-backend-webgpu');
  });
});
