/**
 * The conformance suite on every backend that needs no GPU of its own: wasm, tfjs-node (built by bench/tfjs-node.ts) and webgpu on a GPU
 * that the CPU imitates, SwiftShader, as it comes with the browser of the tests' workbench. `npm run check:backends [BACKEND...]`
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tfjsNodeFolder } from './tfjs-node.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);

/** A folder (in .venv, outside git) with Dawn and tfjs's kernels for it. */
function webgpuFolder(): string {
  const folder = join(root, '.venv/webgpu');
  const manifest = JSON.stringify({
    private: true,
    dependencies: { webgpu: '0.6.2', '@tensorflow/tfjs-backend-webgpu': '4.22.0', '@tensorflow/tfjs-core': '4.22.0' },
  });
  const done = join(folder, 'set-up');
  if (existsSync(done) && readFileSync(done, 'utf8') === manifest) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts'], { stdio: 'inherit' });
  writeFileSync(done, manifest);
  return folder;
}

/** The browser of the tests brings a software GPU and the loader for it; the first `npm test -- ui` installs it. */
const browser = join(root, '.vscode-test/workbench/browser');
const softwareGpu = {
  VK_ICD_FILENAMES: join(browser, 'vk_swiftshader_icd.json'),
  LD_LIBRARY_PATH: [browser, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
};

const suites = {
  'tfjs-node': () => ({ VITRINE_ACCELERATORS: tfjsNodeFolder() }),
  webgpu: () => ({
    VITRINE_ACCELERATORS: webgpuFolder(),
    ...(existsSync(softwareGpu.VK_ICD_FILENAMES) && softwareGpu),
  }),
};

for (const [backend, environment] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(backend)) continue;
  console.log(`wasm and ${backend}`);
  const suite = 'test/engine/networks/backends/conformance.test.ts';
  const env = { ...process.env, ...environment(), VITRINE_BACKEND: backend };
  const { status } = spawnSync(process.execPath, ['--test', suite], { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
