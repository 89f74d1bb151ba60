import { basename } from 'node:path';
import { inspectData } from '../data/inspect-data.ts';
import { checkExperimentData } from '../run/check-data.ts';
import type { Implementation } from './implementation.ts';

export const dataInspect: Implementation<'data.inspect'> = ({ signal }, { path }) => inspectData({ path }, signal);

/** What all checks found is kept with the study over the same data, where there is one: its dashboard and report then say as much. */
export const dataCheck: Implementation<'data.check'> = async (
  { state, signal, progress },
  { experiment, checks, seconds },
) => {
  const context = { pool: state.pool, signal, progress };
  const { findings, fingerprint } = await checkExperimentData(experiment, { checks, seconds }, context);
  const store = state.existingStoreOf(experiment.file);
  const study = store?.studies.latest(basename(experiment.file));
  if (store && study?.fingerprint === fingerprint && !checks) store.analyses.putOfStudy(study.id, findings);
  return findings;
};
