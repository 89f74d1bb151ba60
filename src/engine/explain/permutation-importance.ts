import { z } from 'zod';
import { defaultMetric } from '../../shared/metrics.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { ColumnImportance, PermutationImportance } from '../../shared/results/permutation-importance.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { columnNamed, type Table, takeRows, withColumns } from '../data/table.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { correlation, ranks } from '../statistics/rank-correlation.ts';
import { Asking } from './asking.ts';
import { type Bootstrap, drawBootstrap, importanceInterval, type Shuffle } from './bootstrap-interval.ts';
import { correlatedGroups } from './correlated-groups.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import type { Explainer } from './explainer.ts';
import { Pauses } from './pauses.ts';
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
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, settings: read } = readOptions(settable, given);
    const options = withinReach(read, data.train.features.columns.length);
    const available = data.evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${data.part} part has no rows to explain`);
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const sample = takeDataset(data.evaluation, sampleRows(available, options.rowCap, random.fork('rows')));
    const names = sample.features.columns.map((column) => column.name);
    const groups = groupsOf(data.train.features, options, random.fork('association'));
    const units = [...names.map((name) => [name]), ...groups];
    const { baseline, measured, shuffles } = await measureUnits(
      counted,
      signal,
      sample,
      units,
      options,
      random,
      progress,
      enough,
    );
    const isOne = ({ result }: Measured) => result.columns.length === 1;
    const [columns, joined] = [measured.filter(isOne), measured.filter((one) => !isOne(one))];
    return {
      kind: 'permutation-importance',
      version: 1,
      question: 'which columns matter',
      options,
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...((shuffles < options.repeats || measured.length < units.length) && {
        partial: partialWords(columns.length, names.length, shuffles, options.repeats),
      }),
      quality: quality(columns),
      metric: defaultMetric(predictor.task),
      baseline,
      rows: sample.features.rowCount,
      rowsAvailable: available,
      part: data.part,
      columns: byImportance(columns),
      groups: byImportance(joined),
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

/** Losses of shuffled rows that are kept at once, and of resamples that are added up. */
const [mostLosses, mostResampled] = [1e7, 1e9];
const [fewestRows, fewestBootstraps] = [50, 50];

/** Of thousands of columns fewer rows are looked at, and fewer bootstrap samples. */
function withinReach(options: Settings, columns: number): Settings {
  const shuffles = Math.max(1, columns) * options.repeats;
  const rowCap = Math.min(options.rowCap, Math.max(fewestRows, Math.floor(mostLosses / shuffles)));
  const bootstraps = Math.min(
    options.bootstraps,
    Math.max(fewestBootstraps, Math.floor(mostResampled / (shuffles * rowCap))),
  );
  return { ...options, rowCap, bootstraps };
}

interface MeasuredUnits {
  readonly baseline: number;
  /** Where it was enough during the first round of shuffles, the first units only. */
  readonly measured: readonly Measured[];
  /** Rounds of shuffles that all of them have. */
  readonly shuffles: number;
}

/** Shuffles every unit (one column, or a group of them) once, then all again, and measures what it costs the model. */
async function measureUnits(
  predictor: CountedPredictor,
  signal: AbortSignal,
  sample: Dataset,
  units: readonly (readonly string[])[],
  options: Settings,
  random: Random,
  progress: (share: number) => void,
  enough: () => boolean,
): Promise<MeasuredUnits> {
  const metric = lossFromMean(sample.target);
  const asking = new Asking(predictor, enough);
  const losses = async (rows: Table): Promise<Float64Array | undefined> => {
    const { asked, values } = await asking.ask(rows);
    return asked < rows.rowCount ? undefined : rowLosses(predictionOf(predictor, values), sample.target);
  };
  const untouched = rowLosses(await predictor.predict(sample.features), sample.target);
  const streams = units.map((columns) => random.fork(`shuffle ${columns.join('\n')}`));
  const shuffles: Shuffle[][] = units.map(() => []);
  const planned = units.length * options.repeats;
  let done = 0;
  for (; done < planned; done++) {
    progress((0.9 * done) / planned);
    const unit = done % units.length;
    const donors = streams[unit].permutation(sample.features.rowCount);
    const own = await losses(shuffled(sample.features, units[unit], donors));
    if (!own) break;
    shuffles[unit].push({ donors, losses: own });
  }
  const rounds = Math.floor(done / Math.max(1, units.length));
  const whole = Math.max(1, rounds);
  const bootstrap = drawBootstrap(untouched.length, options.bootstraps, random.fork('bootstrap'));
  const pauses = new Pauses(signal);
  const measured: Measured[] = [];
  for (const [unit, columns] of units.entries()) {
    if (shuffles[unit].length < whole) continue;
    measured.push(measure(columns, shuffles[unit].slice(0, whole), untouched, bootstrap, metric));
    await pauses.after(options.bootstraps * untouched.length * whole);
    progress(0.9 + (0.1 * (unit + 1)) / units.length);
  }
  progress(1);
  return { baseline: metric(mean(untouched)), measured, shuffles: rounds };
}

const predictionOf = ({ classes }: Predictor, values: Float64Array): Prediction =>
  classes ? { kind: 'probabilities', classCount: classes.length, values } : { kind: 'values', values };

function partialWords(columns: number, of: number, shuffles: number, planned: number): string {
  if (columns < of) return `Ended after ${columns} of ${countWords(of, 'column')}, shuffled once each.`;
  return `Ended after ${Math.max(1, shuffles)} of ${countWords(planned, 'shuffle')} of each column.`;
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
