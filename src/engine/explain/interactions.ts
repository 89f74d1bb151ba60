import { z } from 'zod';
import type { ColumnInteraction, Interactions, PairInteraction } from '../../shared/results/interactions.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { type Column, columnNamed, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { holm } from '../statistics/holm.ts';
import { mean } from '../statistics/mean.ts';
import { correlation, ranks } from '../statistics/rank-correlation.ts';
import { countPredictions } from './counted-predictor.ts';
import { Asking } from './decomposition/asking.ts';
import { columnStrengths, strongest } from './decomposition/column-strengths.ts';
import { additiveNumbers } from './decomposition/explained-numbers.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { type Crossed, columnSquares, pairSquares } from './interactions/h-statistic.ts';
import { type Saving, savingOf } from './interactions/held-out.ts';
import { pairGrid, surfaceAtRows } from './interactions/pair-map.ts';
import { drawWeights, type ResampledStrength, resampledStrength } from './interactions/resampled-strength.ts';
import { sampleRows } from './sample-rows.ts';
import { columnNames, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  columns: columnNames('Columns to look at; default: those that move predictions most.'),
  most: whole(10, 'At most so many columns, each with all others.'),
  paired: whole(7, 'So many of them, the most entangled, two by two.', 0),
  rows: whole(50, 'Rows that are crossed with each other, a seeded sample.', 2),
  maps: whole(5, 'Pairs that are drawn and held against the truth, the strongest.', 0),
  judgedRows: whole(1000, 'Rows that interactions are held against, a seeded sample.'),
  resamples: whole(100, 'Resamples of the rows behind the intervals.'),
});
export type InteractionsOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Cells that crossing may set in all, and the fewest rows for it. */
const [mostCells, fewestRows] = [2e8, 16];
/** Pairs that help with at most such a chance of noise are borne out. */
const level = 0.05;
/** Columns by which levels are compared, and rows between which local effects step. */
const [comparedColumns, localRows] = [100, 500];

/**
 * Friedman's H of each column with all others, and of pairs (Friedman and Popescu 2008, section 8), ranked by the interaction's own standard
 * deviation, as H is large where two columns do next to nothing (Inglis, Parnell and Hurley 2022). A model that adds its columns up has none;
 * whether one that a model learned is noise, held-out rows tell. Throws a RangeError on an option out of range or an empty part.
 */
export const interactions: Explainer<InteractionsOptions, Interactions> = {
  kind: 'interactions',
  title: 'Which columns act together',
  question: 'which columns act together',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const {
      seed,
      settings: { columns: wanted, ...options },
    } = readOptions(settable, given);
    check(data);
    const { evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const numbers = additiveNumbers(counted, evaluation.info);
    const asking = new Asking(numbers, enough);
    const available = evaluation.features.rowCount;
    const judged = takeDataset(evaluation, sampleRows(available, options.judgedRows, random.fork('rows')));
    const chosen = await choose(asking, judged.features, wanted, options.most, random, (share) =>
      progress(0.15 * share),
    );
    const rows = crossedRows(judged.features, chosen.columns.length, options);
    const base = takeRows(judged.features, sampleRows(judged.features.rowCount, rows, random.fork('crossed')));
    const measured = await measure(asking, base, chosen.columns, options, random, (share) =>
      progress(0.15 + 0.55 * share),
    );
    const tried = await holdAgainst(
      asking,
      judged,
      base,
      chosen.columns,
      measured.pairs,
      options.maps,
      random,
      (share) => progress(0.7 + 0.3 * share),
    );
    progress(1);
    const { classes } = numbers;
    const missed = chosen.isCut || measured.isCut || tried.isCut;
    return {
      kind: 'interactions',
      version: 1,
      question: 'which columns act together',
      options: { ...options, ...(wanted && { columns: wanted }) },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(missed && {
        partial: `Ended after ${countWords(measured.columns.length, 'column')} and ${countWords(measured.pairs.length, 'pair')} of ${measured.wanted}, ${tried.count} of them held against the truth.`,
      }),
      quality: qualityOf(measured),
      unit: numbers.unit,
      ...(classes && { classes }),
      rows: base.rowCount,
      judgedRows: judged.features.rowCount,
      rowsAvailable: available,
      part,
      loss: evaluation.target.kind === 'classes' ? 'log loss' : 'squared error',
      columns: measured.columns.map(({ name, strength }): ColumnInteraction => ({ column: name, ...told(strength) })),
      pairs: tried.pairs,
      further: judged.features.columns.length - chosen.columns.length,
    };
  },
};

function check({ evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to explain`);
}

interface Chosen {
  readonly columns: readonly Column[];
  readonly isCut: boolean;
}

async function choose(
  asking: Asking,
  table: Table,
  wanted: readonly string[] | undefined,
  most: number,
  random: Random,
  progress: (share: number) => void,
): Promise<Chosen> {
  if (wanted) return { columns: wanted.map((name) => columnNamed(table, name)), isCut: false };
  if (table.columns.length <= most) return { columns: table.columns, isCut: false };
  const strengths = await columnStrengths(asking, table, random, progress);
  const order = strengths ? strongest(strengths, most) : [...table.columns.keys()].slice(0, most);
  return { columns: order.map((j) => table.columns[j]), isCut: !strengths };
}

function crossedRows(table: Table, columns: number, { rows, paired }: Settings): number {
  const tables = columns + (Math.min(paired, columns) * (Math.min(paired, columns) - 1)) / 2;
  const affordable = Math.floor(Math.sqrt(mostCells / (Math.max(1, tables) * Math.max(1, table.columns.length))));
  return Math.min(table.rowCount, rows, Math.max(fewestRows, affordable));
}

interface MeasuredColumn {
  readonly name: string;
  readonly crossed: Crossed;
  readonly strength: ResampledStrength;
}
interface MeasuredPair {
  readonly names: readonly [string, string];
  readonly strength: ResampledStrength;
}
interface Measured {
  /** Strongest first. */
  readonly columns: readonly MeasuredColumn[];
  readonly pairs: readonly MeasuredPair[];
  /** Pairs that were to be measured. */
  readonly wanted: number;
  readonly isCut: boolean;
}

async function measure(
  asking: Asking,
  base: Table,
  columns: readonly Column[],
  { paired, resamples }: Settings,
  random: Random,
  progress: (share: number) => void,
): Promise<Measured> {
  const rows = base.rowCount;
  const weights = drawWeights(rows, resamples, random.fork('resamples'));
  const cross = async (names: readonly string[]): Promise<Crossed | undefined> => {
    const found = await asking.crossed(
      base,
      names.map((name) => columnNamed(base, name)),
      rows,
    );
    return found && { ...found, rows };
  };
  const kept = Math.min(paired, columns.length);
  const wanted = (kept * (kept - 1)) / 2;
  const all = columns.length + wanted;
  const measured: MeasuredColumn[] = [];
  for (const { name } of columns) {
    progress(measured.length / all);
    const crossed = await cross([name]);
    if (!crossed) return { columns: measured.sort(byStrength), pairs: [], wanted, isCut: true };
    const strength = resampledStrength((own) => columnSquares(crossed, own), weights, crossed);
    measured.push({ name, crossed, strength });
  }
  measured.sort(byStrength);
  const pairs: MeasuredPair[] = [];
  for (const [first, second] of pairsOf(measured.slice(0, kept))) {
    progress((columns.length + pairs.length) / all);
    const crossed = await cross([first.name, second.name]);
    if (!crossed) return { columns: measured, pairs: pairs.sort(byStrength), wanted, isCut: true };
    const squares = (own: Float64Array) => pairSquares(crossed, first.crossed, second.crossed, own);
    const strength = resampledStrength(squares, weights, crossed);
    pairs.push({ names: [first.name, second.name], strength });
  }
  return { columns: measured, pairs: pairs.sort(byStrength), wanted, isCut: false };
}

const byStrength = (a: { strength: ResampledStrength }, b: { strength: ResampledStrength }): number =>
  b.strength.strength - a.strength.strength;

const pairsOf = <T>(all: readonly T[]): [T, T][] => all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

const told = ({ h, interval, strength }: ResampledStrength) => ({ h, interval, strength });

/** Draws the strongest pairs, and holds each against the truth of rows that the model was not fitted on. */
async function holdAgainst(
  asking: Asking,
  judged: Dataset,
  base: Table,
  columns: readonly Column[],
  pairs: readonly MeasuredPair[],
  maps: number,
  random: Random,
  progress: (share: number) => void,
): Promise<{ pairs: PairInteraction[]; count: number; isCut: boolean }> {
  const drawn = pairs.filter(({ strength }) => strength.strength > 0).slice(0, maps);
  const { features } = judged;
  const picked = sampleRows(features.rowCount, localRows, random.fork('local'));
  const local = takeRows(features, picked);
  const compared = takeRows({ rowCount: features.rowCount, columns: columns.slice(0, comparedColumns) }, picked);
  const grids: NonNullable<Awaited<ReturnType<typeof pairGrid>>>[] = [];
  const scores = drawn.length > 0 ? await asking.whole(features) : undefined;
  const savings: Saving[] = [];
  for (const { names } of drawn) {
    progress(grids.length / drawn.length);
    const grid = scores && (await pairGrid(asking, local, base, compared, names));
    if (!grid) break;
    grids.push(grid);
    savings.push(savingOf(scores.values, surfaceAtRows(grid.axes, grid.partial, features), judged.target));
  }
  const chances = holm(savings.map(({ chance }) => chance));
  const all = pairs.map(({ names, strength }, i): PairInteraction => {
    const place = drawn[i] ? i : -1;
    const [saving, grid] = [savings[place], grids[place]];
    return {
      columns: names,
      ...told(strength),
      ...(saving && {
        heldOut: { saved: saving.saved, chance: chances[place], borneOut: chances[place] <= level && saving.saved > 0 },
      }),
      ...(grid && { map: grid.map }),
    };
  });
  return { pairs: all, count: grids.length, isCut: grids.length < drawn.length };
}

/** How far the ranking would be another one over other rows. */
function qualityOf({ pairs }: Measured): Interactions['quality'] {
  const measure = 'agreement between resamples on the order of the pairs';
  const present = pairs.filter(({ strength }) => strength.strength > 0);
  if (present.length < 2)
    return { measure, value: null, words: 'There are no two interactions whose order could be doubted.' };
  const order = ranks(present.map(({ strength }) => strength.strength));
  const resamples = present[0].strength.strengths.length;
  const agreements = Array.from({ length: resamples }, (_, i) =>
    correlation(order, ranks(present.map(({ strength }) => strength.strengths[i]))),
  );
  const value = mean(agreements);
  const verdict = value >= 0.8 ? 'hardly' : value >= 0.5 ? 'somewhat' : 'very much';
  return {
    measure,
    value,
    words: `Over other rows the order of the pairs would ${verdict} change (mean rank correlation ${numberWords(value, 2)}).`,
  };
}
