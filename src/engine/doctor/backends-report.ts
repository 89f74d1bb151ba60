import { existsSync, readdirSync } from 'node:fs';
import { type BackendChoice, type BackendName, backendNames } from '../../shared/backend.ts';
import type { BackendState, BackendsReport } from '../../shared/results/doctor.ts';
import type { Backend, BackendProbe } from '../networks/backends/backend.ts';
import { chooseBackends } from '../networks/backends/choose-backends.ts';
import { backends as ownBackends } from '../networks/backends/registry.ts';

/** What came of trying a backend; an Error where it failed. */
export type Probed = ReadonlyMap<BackendName, BackendProbe | Error>;

/** Which backend networks train on and what a faster one would need, from what lies on the disk and from what was tried. Runs nothing. */
export function backendsReport(
  choice: BackendChoice,
  probed: Probed = new Map(),
  backends: Readonly<Record<BackendName, Backend>> = ownBackends,
): BackendsReport {
  const states = backendNames.map((name) => stateOf(backends[name], probed.get(name)));
  const runs = (name: BackendName) =>
    states.some((state) => state.name === name && (state.state === 'runs' || state.state === 'found')) &&
    !(choice === 'auto' && isSoftware(probed.get(name)));
  const chosenFor = (multiplicationsPerStep: number) =>
    chooseBackends(choice, backends, { multiplicationsPerStep }).find(runs) ?? 'wasm';
  const ordinary = chosenFor(0);
  const large = chosenFor(Number.POSITIVE_INFINITY);
  return {
    choice,
    runs: ordinary,
    why: whyOf(choice, ordinary),
    large: large === ordinary ? null : { name: large, leastWork: backends[large].leastWork },
    faster: backends[large].onGpu ? null : fasterWords(states, backends),
    backends: states,
  };
}

function whyOf(choice: BackendChoice, runs: BackendName): string {
  if (choice === 'auto') return 'it is the fastest for networks of ordinary size';
  return choice === runs ? 'it was asked for' : `${choice}, which was asked for, does not run here`;
}

const isSoftware = (probe: BackendProbe | Error | undefined): boolean =>
  probe !== undefined && !(probe instanceof Error) && probe.isSoftware;

function stateOf(backend: Backend, probe: BackendProbe | Error | undefined): BackendState {
  const { name, title } = backend;
  const detection = backend.detect();
  if (!detection.found) return { name, title, state: 'absent', words: detection.words, needs: detection.needs };
  if (probe instanceof Error)
    return { name, title, state: 'fails', words: `${detection.words}: ${probe.message}`, needs: mending(name) };
  if (!probe) return { name, title, state: name === 'wasm' ? 'runs' : 'found', words: detection.words };
  const device = probe.isSoftware ? `${probe.device}, a GPU that the CPU only imitates` : probe.device;
  return { name, title, state: 'runs', words: device, stepsPerSecond: probe.stepsPerSecond };
}

/** What most likely is missing where the files are there. */
function mending(name: BackendName): string {
  if (name === 'tfjs-node-gpu')
    return 'an NVIDIA driver with CUDA 11.2 and cuDNN 8.1, which tfjs-node-gpu 4.22 is built for';
  if (name === 'webgpu') return 'a driver for Vulkan (Linux: Mesa 25 or newer), Metal or Direct3D 12';
  return 'an install whose native addon suits this system';
}

/** What a GPU would need: of those backends that do not run, each with what is missing. */
function fasterWords(states: readonly BackendState[], backends: Readonly<Record<BackendName, Backend>>): string {
  const gpus = states.filter(({ name }) => backends[name].onGpu);
  const needs = gpus.flatMap(({ name, needs }) => (needs ? [`${name}: ${needs}`] : []));
  const advice = needs.length > 0 ? ` It needs, for ${needs.join('; for ')}.` : '';
  if (!showsGpu()) return `A GPU would be faster for large networks; this machine shows none.`;
  return `A GPU would be faster for large networks.${advice}`;
}

/** Whether the system shows a GPU; where it cannot be told by a file, it may. */
const showsGpu = (): boolean =>
  process.platform !== 'linux' ||
  existsSync('/proc/driver/nvidia/version') ||
  (existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('render')));
