import { inspectData } from '../data/inspect-data.ts';
import { checkExperimentData } from '../run/check-data.ts';
import type { Implementation } from './implementation.ts';

export const dataInspect: Implementation<'data.inspect'> = ({ signal }, { path }) => inspectData({ path }, signal);

export const dataCheck: Implementation<'data.check'> = ({ state, signal, progress }, { experiment, checks, seconds }) =>
  checkExperimentData(experiment, { checks, seconds }, { pool: state.pool, signal, progress });
