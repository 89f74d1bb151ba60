import { setBackend } from '@tensorflow/tfjs-core';
import type { BackendProbe } from '../networks/backends/backend.ts';
import { backends } from '../networks/backends/registry.ts';
import { trainingSpeed } from '../networks/backends/training-speed.ts';
import type { BackendProbeJob } from './job.ts';

/** Long enough to be past what a backend compiles at first. */
const probeSeconds = 0.5;

/** Throws what the backend throws where it does not start. */
export async function performBackendProbe({ backend: name }: BackendProbeJob): Promise<BackendProbe> {
  const { device, isSoftware = false } = await backends[name].start();
  await setBackend(backends[name].tfjsName);
  return { device, isSoftware, stepsPerSecond: await trainingSpeed(probeSeconds) };
}
