import { z } from 'zod';
import { defaultMetric } from '../../shared/metrics.ts';
import type { ColumnImportance, PermutationImportance } from '../../shared/results/permutation-importance.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { columnNamed, type Table, takeRows, withColumns } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { correlation, ranks } from '../statistics/rank-correlation.ts';
import { type Bootstrap, drawBootstrap, importanceInterval, type Shuffle } from './bootstrap-interval.ts';
import { correlatedGroups } from './correlated-groups.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import type { Explainer } from './explainer.ts';
import { lossFromMean, rowLosses } from './row-losses.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  repeats: whole(5, 'Shuffles of each column, as in scikit-learn.'),
  rowCap: whole(1000, 'At most this many rows are looked at, a seeded sample.'),
  bootstraps: whole(500, 'Bootstrap samples behind each interval.'),
  correlation: z
    .number()
    .gt(0)
    .max(1)
    .default(0.7)
    .describe('Columns associated at least this much are also shuffled as one.'),
});
export type PermutationImportanceOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much the task's default loss grows when a
 * column is shuffled. The 95 % interval is a percentile bootstrap over the rows of all shuffles. Correlated columns are also
 * shuffled together, because shuffling one of them alone leaves the model the other. Throws a RangeError on an option
 * out of range or an empty part.
 */
export const permutationImportance: Explainer<PermutationImportanceOptions, PermutationImportance> = {
  kind: 'permutation-importance',
  title: 'Which columns matter',
  question: 'which columns matter',
  scope: 'model',
  byDefault: true,
  options: settable,
  async explain(predictor, data, given, progress, signal) {
    const { seed, settings: options } = readOptions(settable, given);
    const available = data.evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${data.part} part has no rows to explain`);
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const sample = takeDataset(data.evaluation, sampleRows(available, options.rowCap, random.fork('rows')));
    const names = sample.features.columns.map((column) => column.name);
    const groups = groupsOf(data.train.features, options, random.fork('association'));
    const units = [...names.map((name) => [name]), ...groups];
    const { baseline, measured } = await measureUnits(counted, sample, units, options, random, progress);
    return {
      kind: 'permutation-importance',
      version: 1,
      question: 'which columns matter',
      options,
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      quality: quality(measured.slice(0, names.length)),
      metric: defaultMetric(predictor.task),
      baseline,
      rows: sample.features.rowCount,
      rowsAvailable: available,
      part: data.part,
      columns: byImportance(measured.slice(0, names.length)),
      groups: byImportance(measured.slice(names.length)),
    };
  },
};

interface Measured {
  readonly result: ColumnImportance;
  /** [repeats] growth of the metric in each shuffle. */
  readonly growth: readonly number[];
}

/** Correlated columns as the training part shows them: it is the larger one. */
const groupsOf = (train: Table, options: Settings, random: Random): string[][] =>
  correlatedGroups(takeRows(train, sampleRows(train.rowCount, options.rowCap, random)), options.correlation);

/** Shuffles each unit (one column, or a group of them) `repeats` times and measures what it costs the model. */
async function measureUnits(
  predictor: CountedPredictor,
  sample: Dataset,
  units: readonly (readonly string[])[],
  options: Settings,
  random: Random,
  progress: (share: number) => void,
): Promise<{ baseline: number; measured: Measured[] }> {
  const metric = lossFromMean(sample.target);
  const untouched = rowLosses(await predictor.predict(sample.features), sample.target);
  const bootstrap = drawBootstrap(untouched.length, options.bootstraps, random.fork('bootstrap'));
  const measured: Measured[] = [];
  for (const [done, columns] of units.entries()) {
    progress(done / units.length);
    const stream = random.fork(`shuffle ${columns.join('\n')}`);
    const shuffles: Shuffle[] = [];
    for (let repeat = 0; repeat < options.repeats; repeat++) {
      const donors = stream.permutation(sample.features.rowCount);
      const losses = rowLosses(await predictor.predict(shuffled(sample.features, columns, donors)), sample.target);
      shuffles.push({ donors, losses });
    }
    measured.push(measure(columns, shuffles, untouched, bootstrap, metric));
  }
  progress(1);
  return { baseline: metric(mean(untouched)), measured };
}

/** The table with these columns taken from the donor rows, the same for all of them. */
function shuffled(table: Table, columns: readonly string[], donors: Uint32Array): Table {
  const picked = { rowCount: table.rowCount, columns: columns.map((name) => columnNamed(table, name)) };
  return withColumns(table, takeRows(picked, donors).columns);
}

function measure(
  columns: readonly string[],
  shuffles: readonly Shuffle[],
  untouched: Float64Array,
  bootstrap: Bootstrap,
  metric: (mean: number) => number,
): Measured {
  const baseline = metric(mean(untouched));
  const growth = shuffles.map(({ losses }) => metric(mean(losses)) - baseline);
  const interval = importanceInterval(shuffles, untouched, bootstrap, metric);
  const distinguishable = interval.low > 0 || interval.high < 0;
  return { growth, result: { columns, importance: mean(growth), interval, distinguishable } };
}

const byImportance = (measured: readonly Measured[]): ColumnImportance[] =>
  measured.map(({ result }) => result).sort((a, b) => b.importance - a.importance);

/** How much two shuffles agree on the order of the columns: mean Spearman correlation over all pairs of repeats. */
function quality(measured: readonly Measured[]): PermutationImportance['quality'] {
  const repeats = measured[0]?.growth.length ?? 0;
  const orders = Array.from({ length: repeats }, (_, r) => ranks(measured.map(({ growth }) => growth[r])));
  const pairs = orders.flatMap((a, i) => orders.slice(i + 1).map((b) => correlation(a, b)));
  const value = measured.length < 2 || pairs.length === 0 ? null : mean(pairs);
  return { measure: 'agreement between shuffles', value, words: qualityWords(value, repeats) };
}

function qualityWords(value: number | null, repeats: number): string {
  if (value === null) return 'With one column or one shuffle there is no order to compare.';
  const verdict = value >= 0.8 ? 'hardly depends' : value >= 0.5 ? 'depends somewhat' : 'depends a great deal';
  return `Over ${repeats} shuffles the order of the columns ${verdict} on chance (mean rank correlation ${value.toFixed(2)}).`;
}
