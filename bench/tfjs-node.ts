/**
 * Builds @tensorflow/tfjs-node from its source package, since its own install step fetches binaries from a host that closed networks
 * cannot reach: the addon is compiled against the libtensorflow of PyPI's wheel. `node bench/tfjs-node.ts` prints the folder for
 * VITRINE_ACCELERATORS. Needs g++, pip for Python 3.11 wheels, unzip and 1.5 GB of disk; Linux on x64 only.
 */
import { execFileSync, type StdioOptions } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const tfjsNodeVersions = {
  '@tensorflow/tfjs-node': '4.22.0',
  'node-api-headers': '1.9.0',
  'tensorflow-cpu': '2.15.1',
} as const;

/** The newest that the sources of tfjs-node 4.22 ask for. */
const napiVersion = 8;

/** The folder (in .venv, outside git) whose node_modules has a tfjs-node that runs; built on first use, some two minutes. */
export function tfjsNodeFolder(): string {
  const folder = fileURLToPath(new URL('../.venv/tfjs-node', import.meta.url));
  // Written last: a build that was cut off, or was made of other versions, is made again.
  const done = join(folder, 'set-up');
  const wanted = JSON.stringify(tfjsNodeVersions);
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  installSources(folder);
  const tfjsNode = join(folder, 'node_modules/@tensorflow/tfjs-node');
  unpackTensorflow(folder, join(tfjsNode, 'deps'));
  compile(folder, tfjsNode);
  writeFileSync(done, wanted);
  return folder;
}

const show: { stdio: StdioOptions } = { stdio: ['ignore', process.stderr, process.stderr] };

/** As their packages ship them, without the install step that downloads. */
function installSources(folder: string): void {
  const packages = (['@tensorflow/tfjs-node', 'node-api-headers'] as const).map(
    (name) => `${name}@${tfjsNodeVersions[name]}`,
  );
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--save-exact', ...packages], show);
}

/** The wheel's two shared libraries and its headers, under the names that tfjs-node looks for. */
function unpackTensorflow(folder: string, deps: string): void {
  const wheels = join(folder, 'wheel');
  const choice = ['--no-deps', '--only-binary=:all:', '--python-version=3.11', '--platform=manylinux2014_x86_64'];
  const wanted = `tensorflow-cpu==${tfjsNodeVersions['tensorflow-cpu']}`;
  execFileSync('python3', ['-m', 'pip', 'download', '--quiet', ...choice, '--dest', wheels, wanted], show);
  const [wheel] = readdirSync(wheels);
  const parts = ['tensorflow/libtensorflow*.so.2', 'tensorflow/include/tensorflow/*', 'tensorflow/include/tsl/*'];
  execFileSync('unzip', ['-q', join(wheels, wheel), ...parts, '-d', deps], show);
  rmSync(wheels, { recursive: true });
  symlinkSync('tensorflow', join(deps, 'lib'));
  symlinkSync('tensorflow/include', join(deps, 'include'));
  for (const [name, library] of [
    ['libtensorflow.so', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  ]) {
    symlinkSync(library, join(deps, 'tensorflow', name));
  }
}

/** Node-API is stable, so one addon serves every Node; the folder is the one where node-pre-gyp looks. */
function compile(folder: string, tfjsNode: string): void {
  const output = join(tfjsNode, `lib/napi-v${napiVersion}`);
  mkdirSync(output, { recursive: true });
  const flags = ['-O2', '-shared', '-fPIC', '-std=c++17', `-DNAPI_VERSION=${napiVersion}`];
  const includes = ['node_modules/node-api-headers/include', 'node_modules/@tensorflow/tfjs-node/deps/include', ''];
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjsNode, 'binding', name));
  const libraries = [`-L${join(tfjsNode, 'deps/lib')}`, '-ltensorflow', '-ltensorflow_framework'];
  const toFind = ['-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', join(output, 'tfjs_binding.node')];
  const paths = includes.map((path) => `-I${join(folder, path)}`);
  execFileSync('g++', [...flags, ...paths, `-I${tfjsNode}`, ...sources, ...libraries, ...toFind], show);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(tfjsNodeFolder());
