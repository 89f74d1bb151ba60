import { basename } from 'node:path';
import { ActiveRun } from '../run/active-run.ts';
import { studyOf } from './context.ts';
import type { Implementation } from './implementation.ts';
import { studySnapshot } from './study-snapshot.ts';

export const runStart: Implementation<'run.start'> = async ({ state, signal }, { experiment, fresh }) => {
  const { file } = experiment;
  state.runs.get(file)?.refuseSecond();
  const run = new ActiveRun(experiment, { store: state.storeOf(file), fresh });
  state.runs.set(file, run);
  void run.ended.finally(() => state.runs.delete(file));
  await run.begin(signal);
  return { file };
};

export const runStop: Implementation<'run.stop'> = async ({ state }, { file }) => {
  const run = state.runs.get(file);
  run?.stop();
  return { stopped: run !== undefined };
};

export const runWait: Implementation<'run.wait'> = async ({ state }, { file }) => {
  await state.runs.get(file)?.ended;
  const { store, study } = studyOf(state, file);
  return studySnapshot(file, { store, study: store.studies.latest(basename(file)) ?? study });
};
