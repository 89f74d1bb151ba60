import { z } from 'zod';
import type { ColumnVariance, FunctionalAnova, PairVariance } from '../../shared/results/functional-anova.ts';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import { columnNamed, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { association } from './association.ts';
import { countPredictions } from './counted-predictor.ts';
import { Asking } from './decomposition/asking.ts';
import { columnStrengths, strongest } from './decomposition/column-strengths.ts';
import { additiveNumbers } from './decomposition/explained-numbers.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { askDraws, type Draws, drawFactors, type Factor, swapped } from './functional-anova/design.ts';
import { roughEffects } from './functional-anova/rough-effects.ts';
import { type Design, firstOrder, secondOrder, totalOrder, varianceOf } from './functional-anova/sobol-indices.ts';
import { sampleRows } from './sample-rows.ts';
import { columnNames, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  columns: columnNames('Columns to tell apart; default: those that move predictions most.'),
  most: whole(10, 'At most so many columns are told apart, the others are one.'),
  draws: whole(2000, 'Draws of two independent rows.', 2),
  rows: whole(2000, 'Rows that columns take their values from, a seeded sample.'),
  correlation: z
    .number()
    .gt(0)
    .max(1)
    .default(0.7)
    .describe('Columns associated at least this much are told to go together.'),
});
export type FunctionalAnovaOptions = OptionsOf<typeof settable>;

/** Cells that draws may set in all, and the fewest draws. */
const [mostCells, fewestDraws] = [4e8, 200];
/** Draws by which the effects of single columns are told roughly, beside each of the design. */
const roughShare = 0.7;
/** Rows by which columns are compared. */
const comparedRows = 500;

/**
 * Functional analysis of variance of a model's predictions (Hooker 2007) by Sobol's indices (Sobol 1993), first-order, total and of pairs,
 * by the design of Saltelli (2002). Columns are drawn independently of each other from their values in the data. On several classes variances
 * are added up over them (Lamboni, Monod and Makowski 2011). Throws a RangeError on an option out of range or an empty part.
 */
export const functionalAnova: Explainer<FunctionalAnovaOptions, FunctionalAnova> = {
  kind: 'functional-anova',
  title: 'Where the variance of predictions comes from',
  question: 'which columns matter',
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
    const table = takeRows(evaluation.features, sampleRows(available, options.rows, random.fork('rows')));
    const factors = await chooseFactors(asking, table, wanted, options.most, random, (share) => progress(0.1 * share));
    const draws = affordableDraws(table, factors.length, options.draws);
    const found =
      factors.length > 0
        ? await askDesign(asking, table, factors, draws, random, (share) => progress(0.1 + 0.9 * share))
        : undefined;
    progress(1);
    const { columns, pairs, rest } = indices(found?.design, factors, table);
    const { classes } = numbers;
    return {
      kind: 'functional-anova',
      version: 1,
      question: 'which columns matter',
      options: { ...options, ...(wanted && { columns: wanted }) },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...((found?.design.ab.length ?? 0) < factors.length && {
        partial: `Ended after ${found?.design.ab.length ?? 0} of ${countWords(factors.length, 'column')}: the others are not told apart from what is left.`,
      }),
      quality: qualityOf(columns, pairs),
      unit: numbers.unit,
      ...(classes && { classes }),
      variance: found ? varianceOf(found.design) : null,
      draws: found ? draws : 0,
      rows: table.rowCount,
      rowsAvailable: available,
      part,
      columns,
      pairs,
      rest,
      dependent: dependentPairs(table, factors, options.correlation),
    };
  },
};

function check({ evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to explain`);
}

/** Each column by itself, the strongest first where there are too many, and the others as one. */
async function chooseFactors(
  asking: Asking,
  table: Table,
  wanted: readonly string[] | undefined,
  most: number,
  random: Random,
  progress: (share: number) => void,
): Promise<Factor[]> {
  const all = [...table.columns.keys()];
  const told = wanted
    ? wanted.map((name) => table.columns.indexOf(columnNamed(table, name)))
    : all.length <= most
      ? all
      : strongest((await columnStrengths(asking, table, random, progress)) ?? new Float64Array(all.length), most);
  const rest = all.filter((column) => !told.includes(column));
  return [...told.map((column) => [column]), ...(rest.length > 0 ? [rest] : [])];
}

function affordableDraws({ columns }: Table, factors: number, draws: number): number {
  return Math.min(draws, Math.max(fewestDraws, Math.floor(mostCells / (columns.length * (2 * factors + 3)))));
}

/** The design of as many factors as were asked before it was enough; undefined where none was. */
async function askDesign(
  asking: Asking,
  table: Table,
  factors: readonly Factor[],
  draws: number,
  random: Random,
  progress: (share: number) => void,
): Promise<{ design: Design } | undefined> {
  const drawn = (label: string, count: number) =>
    drawFactors(factors.length, count, table.rowCount, random.fork(label));
  const [pilot, inA, inB] = [drawn('rough', Math.ceil(roughShare * draws)), drawn('a', draws), drawn('b', draws)];
  const roughly = await askDraws(asking, table, factors, pilot);
  const a = await askDraws(asking, table, factors, inA);
  const b = await askDraws(asking, table, factors, inB);
  if (!roughly || !a || !b) return undefined;
  const [ab, ba]: Float64Array[][] = [[], []];
  for (const factor of factors.keys()) {
    progress((3 + 2 * factor) / (3 + 2 * factors.length));
    const ofA = await askDraws(asking, table, factors, swapped(inA, factor, inB));
    const ofB = await askDraws(asking, table, factors, swapped(inB, factor, inA));
    if (!ofA || !ofB) break;
    ab.push(ofA.values);
    ba.push(ofB.values);
  }
  if (ab.length === 0) return undefined;
  const rough = roughEffects(table, factors, pilot, roughly).slice(0, ab.length);
  const at = (draws: Draws) =>
    rough.map((effect, factor) => {
      const { outputs } = a;
      return Float64Array.from(
        { length: a.values.length },
        (_, i) => effect[draws[factor][Math.floor(i / outputs)] * outputs + (i % outputs)],
      );
    });
  return { design: { a: a.values, b: b.values, ab, ba, outputs: a.outputs, roughA: at(inA), roughB: at(inB) } };
}

function indices(design: Design | undefined, factors: readonly Factor[], { columns: all }: Table) {
  if (!design) return { columns: [], pairs: [], rest: 0 };
  const count = design.ab.length;
  const total = totalOrder(design);
  // What changes nothing together with the others changes nothing by itself: chance need not be asked.
  const main = firstOrder(design).map((share, j) => (total[j].share === 0 ? total[j] : share));
  const columns = factors
    .slice(0, count)
    .map(
      (factor, j): ColumnVariance => ({
        columns: factor.map((column) => all[column].name),
        main: main[j],
        total: total[j],
      }),
    )
    .sort((a, b) => b.total.share - a.total.share);
  const single = [...Array(count).keys()].filter((j) => factors[j].length === 1);
  const places = single.flatMap((j, i) => single.slice(i + 1).map((k) => [j, k] as const));
  const pairs = secondOrder(design, places)
    .map(
      (share, i): PairVariance => ({
        ...share,
        columns: [all[factors[places[i][0]][0]].name, all[factors[places[i][1]][0]].name],
      }),
    )
    .sort((a, b) => b.share - a.share);
  const told =
    main.reduce((sum, { share }) => sum + share, 0) +
    pairs.reduce((sum, { share, distinguishable }) => sum + (distinguishable ? share : 0), 0);
  const isConstant = total.every(({ share }) => share === 0);
  return { columns, pairs, rest: isConstant ? 0 : Math.max(0, 1 - told) };
}

/** Strongest first. */
function dependentPairs(table: Table, factors: readonly Factor[], least: number): FunctionalAnova['dependent'] {
  const single = factors.flatMap((factor) => (factor.length === 1 ? [table.columns[factor[0]]] : []));
  const count = Math.min(comparedRows, table.rowCount);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * table.rowCount) / count));
  const { columns } = takeRows({ rowCount: table.rowCount, columns: single }, rows);
  return columns
    .flatMap((a, i) =>
      columns.slice(i + 1).map((b) => ({ columns: [a.name, b.name] as const, association: association(a, b) })),
    )
    .filter((pair) => pair.association >= least)
    .sort((a, b) => b.association - a.association);
}

/** How far the shares are known. */
function qualityOf(columns: readonly ColumnVariance[], pairs: readonly PairVariance[]): FunctionalAnova['quality'] {
  const measure = 'half of the widest 95 % interval of a share';
  const intervals = [...columns.flatMap(({ main, total }) => [main, total]), ...pairs].map(({ interval }) => interval);
  if (columns.every(({ total }) => total.share === 0))
    return { measure, value: null, words: 'The predictions do not vary: there is nothing to share out.' };
  const value = Math.max(...intervals.map(({ low, high }) => (high - low) / 2));
  return {
    measure,
    value,
    words: `Each share is within ± ${percentWords(value)} of the variance with 95 % confidence, the smaller ones closer.`,
  };
}
