import type { Pipeline } from '../../shared/results/steps.ts';
import { type Table, takeRows } from '../data/table.ts';
import { isEnsemble, membersOf } from '../ensembles/ensemble-model.ts';
import { readBundle } from '../models/bundle.ts';
import { isCombined } from '../models/combined.ts';
import type { Model } from '../models/model.ts';
import { isStaged } from '../models/staged.ts';
import { stepChanges } from '../preparation/step-changes.ts';
import { createRandom } from '../random.ts';
import type { InspectedModel } from './inspected-model.ts';
import type { Answers, StepsJob } from './job.ts';
import { unknownRow } from './perform-what-if.ts';
import { loadModel } from './saved-model.ts';
import { withWarmModel } from './warm-model.ts';

/** Rows that steps are looked at by, at most; those whose cells are shown. */
const [mostRows, shownRows] = [500, 4];

/** What each step does to rows of the first fold's validation part, from which nothing was learnt. */
export const performSteps = (job: StepsJob): Promise<Answers['steps']> =>
  withWarmModel(job.data, job.modelFolder, (inspected) => stepsOf(inspected, job));

async function stepsOf(
  { model, evaluation }: InspectedModel,
  { modelFolder, seed, row }: StepsJob,
): Promise<Answers['steps']> {
  const startedAt = performance.now();
  const available = evaluation.features.rowCount;
  if (row !== null && row >= available) throw unknownRow(row, available);
  const looked = lookedAt(available, seed, row);
  const rows = takeRows(evaluation.features, looked);
  const traced = row === null ? null : looked.indexOf(row);
  const shown = Array.from({ length: Math.min(shownRows, looked.length) }, (_, i) => i);
  const positions = traced === null || shown.includes(traced) ? shown : [traced, ...shown.slice(1)];
  return {
    kind: 'steps',
    version: 1,
    rows: { looked: looked.length, available },
    shown: positions.map((position) => looked[position]),
    rowIndex: row,
    pipelines: await pipelinesOf(model, modelFolder, rows, positions, traced),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** A seeded sample in ascending order, the row that is followed among it. */
function lookedAt(available: number, seed: number, row: number | null): Uint32Array {
  if (available <= mostRows) return Uint32Array.from({ length: available }, (_, i) => i);
  const sample = createRandom(seed).fork('steps').permutation(available).slice(0, mostRows);
  if (row !== null && !sample.includes(row)) sample[0] = row;
  return sample.sort();
}

async function pipelinesOf(
  model: Model,
  folder: string,
  rows: Table,
  shown: readonly number[],
  traced: number | null,
): Promise<Pipeline[]> {
  const bundle = await readBundle(folder);
  if (!isEnsemble(bundle) || !isCombined(model)) return [pipelineOf(model, bundle.learner, rows, shown, traced)];
  const members = membersOf(bundle).members.map(([first]) => first);
  const pipelines: Pipeline[] = [];
  for (const [m, { trial, learner }] of model.members.entries()) {
    const own = await loadModel(members[m], folder);
    pipelines.push({ trial, ...pipelineOf(own, learner, rows, shown, traced) });
    own.dispose?.();
  }
  return pipelines;
}

const pipelineOf = (
  model: Model,
  learner: string,
  rows: Table,
  shown: readonly number[],
  traced: number | null,
): Pipeline => ({
  learner,
  columns: rows.columns.length,
  steps: isStaged(model) ? model.stages(rows).map((stage) => stepChanges(stage, shown, traced)) : [],
});
