import { basename } from 'node:path';
import { ActiveRun } from '../run/active-run.ts';
import { checkExperiment } from '../run/check-experiment.ts';
import { studyOf } from './context.ts';
import type { Implementation } from './implementation.ts';
import { showStudy } from './study-operations.ts';

export const experimentCheck: Implementation<'experiment.check'> = async ({ state, signal }, { experiment }) => {
  const { file } = experiment;
  const last = state.existingStoreOf(file)?.studies.latest(basename(file));
  return { notes: await checkExperiment(experiment, last, signal) };
};

export const runStart: Implementation<'run.start'> = async ({ state, signal }, { experiment, fresh }) => {
  const { file } = experiment;
  state.runs.get(file)?.makeWay();
  const run = new ActiveRun(experiment, { store: state.storeOf(file), fresh });
  state.runs.set(file, run);
  void run.ended.finally(() => {
    if (run.lost === null) state.runs.delete(file);
  });
  await run.begin(signal);
  return { file };
};

export const runStop: Implementation<'run.stop'> = async ({ state }, { file, why, skip }) => {
  const run = state.runs.get(file);
  run?.stop(why, skip);
  return { stopped: run !== undefined };
};

export const runWait: Implementation<'run.wait'> = async ({ state, signal }, { file }) => {
  await unlessAborted(state.runs.get(file)?.ended, signal);
  return showStudy(state, studyOf(state, file), file);
};

/** Whoever waits may give up; the run goes on. */
function unlessAborted(ended: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  Promise.resolve(ended).then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', abort));
}
