import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Experiment, ExperimentData } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { describeColumn } from '../data/describe-column.ts';
import { withoutShared } from '../data/drop-rows.ts';
import { loadDataset } from '../data/load-dataset.ts';
import { loadTestDataset } from '../data/load-test-dataset.ts';
import { writeSnapshot } from '../data/snapshot.ts';
import { splitTest } from '../data/splits/split.ts';
import { writeFault } from '../models/bundle.ts';
import { createRandom } from '../random.ts';
import { checkFairness } from './check-fairness.ts';
import { chosenValidation, validationNotes } from './chosen-validation.ts';
import { foldsOf } from './development-data.ts';
import { judgedColumns } from './fairness-wishes.ts';
import type { DevelopmentData } from './job.ts';

/** An experiment over a table. */
export type TableExperiment = Experiment & { readonly data: ExperimentData };
export const isOverTable = (experiment: Experiment): experiment is TableExperiment => experiment.data !== null;

/** The data of an experiment, parted on the disk so that no worker of the search can see the test part. */
export interface PreparedData {
  readonly info: DatasetInfo;
  readonly development: DevelopmentData;
  readonly testSnapshot: string | null;
  readonly notes: readonly string[];
}

/** Loads, parts and writes the data to `folder`. Throws a UserError for every fault of the file and the target. */
export async function prepareData(
  experiment: TableExperiment,
  folder: string,
  signal: AbortSignal,
): Promise<PreparedData> {
  const { info, development, test, notes } = await partData(experiment, signal);
  const places = placesOf(experiment, info, folder);
  try {
    await mkdir(join(folder, 'data'), { recursive: true });
  } catch (error) {
    throw writeFault(error, folder);
  }
  await writeSnapshot(development, places.development.snapshot);
  if (test) await writeSnapshot(test, places.testSnapshot);
  return { info, development: places.development, testSnapshot: test ? places.testSnapshot : null, notes };
}

interface PartedData {
  readonly info: DatasetInfo;
  readonly development: Dataset;
  readonly test: Dataset | null;
  readonly notes: readonly string[];
}

/** Loads and parts the data, and tries the folds: fails here, before any worker starts, where the rows do not allow them. */
export async function partData(experiment: TableExperiment, signal: AbortSignal): Promise<PartedData> {
  const { data: settings } = experiment;
  const data = await loadDataset(
    {
      path: settings.absolutePath,
      shown: settings.path,
      target: settings.target,
      task: experiment.task,
      types: settings.types,
      ignore: settings.ignore,
      sensitive: settings.sensitive,
      judged: judgedColumns(experiment),
      drop: settings.drop,
      group: settings.group,
      time: settings.time,
    },
    signal,
  );
  const { development, test, notes } = withoutSharedRows(await partTest(data, experiment, signal), settings);
  checkFairness(experiment, development, test);
  const folding = foldingOf(experiment, data.info);
  const { notes: foldNotes } = foldsOf(development, folding);
  const chosen = validationNotes(settings, folding.validation);
  return { info: data.info, development, test, notes: [...data.info.notes, ...notes, ...chosen, ...foldNotes] };
}

const foldingOf = ({ data, search }: TableExperiment, info: DatasetInfo): Omit<DevelopmentData, 'snapshot'> => ({
  validation: chosenValidation(data, info),
  splitSeed: search.seed,
});

/** Where the parts of an experiment's data are kept, by what they depend on. */
function placesOf(experiment: TableExperiment, info: DatasetInfo, folder: string) {
  const { test, group, time, drop } = experiment.data;
  const shared = drop?.shared ? ['without shared'] : [];
  const parting = createHash('sha256').update(JSON.stringify([experiment.search.seed, test, group, time, ...shared]));
  const name = `${info.hash}-${parting.digest('hex').slice(0, 8)}`;
  const development = { snapshot: join(folder, 'data', `${name}-development.bin`), ...foldingOf(experiment, info) };
  return { development, testSnapshot: join(folder, 'data', `${name}-test.bin`) };
}

/** As after `prepareData` for a study that ran before. Throws a UserError where the parts are gone. */
export function findData(experiment: TableExperiment, info: DatasetInfo, folder: string): DevelopmentData {
  const { development } = placesOf(experiment, info, folder);
  if (existsSync(development.snapshot)) return development;
  throw new UserError('data-gone', "the study's copy of the data is no longer on the disk.", {
    place: { file: development.snapshot },
    advice: 'Run the experiment again: it goes on from the trials it has and makes the copy anew.',
  });
}

type Parts = Pick<PartedData, 'development' | 'test' | 'notes'>;

function withoutSharedRows(parts: Parts, { drop }: ExperimentData): Parts {
  if (!drop?.shared || !parts.test) return parts;
  const { development, notes } = withoutShared(parts.development, parts.test);
  return { ...parts, development: describedAnew(development), notes: [...parts.notes, ...notes] };
}

/** Where the rows of the final score are, if any were kept. */
export const findTestSnapshot = (experiment: TableExperiment, info: DatasetInfo, folder: string): string =>
  placesOf(experiment, info, folder).testSnapshot;

async function partTest(
  data: Dataset,
  { data: settings, search }: TableExperiment,
  signal: AbortSignal,
): Promise<Parts> {
  if (settings.test.kind === 'none') return { development: data, test: null, notes: [] };
  if (settings.test.kind === 'file') {
    const test = await loadTestDataset({ path: settings.test.absolutePath }, data, signal);
    return { development: data, test, notes: [] };
  }
  const { rest, test, notes } = splitTest(data, settings.test.share, createRandom(search.seed).fork('test'));
  return { development: describedAnew(takeDataset(data, rest)), test: takeDataset(data, test), notes };
}

/** Ranges and counts of these rows alone: what the search knows of the data must not come from the test part either. */
function describedAnew(data: Dataset): Dataset {
  const own = new Map(
    [...data.features.columns, ...data.keys.columns].map((column) => [column.name, describeColumn(column)]),
  );
  const columns = data.info.columns.map((column) => ({ ...column, ...own.get(column.name) }));
  return { ...data, info: { ...data.info, rowCount: data.features.rowCount, columns } };
}
