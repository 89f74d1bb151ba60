import type { Target } from '../../data/dataset.ts';
import type { BinnedColumn, BinnedRows } from '../../data/encoders/bin-encoder.ts';
import { missingBin } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';
import { additiveRows, startScores } from './additive-rows.ts';
import { Bag, type BagOptions } from './bag.ts';
import { type BoostOptions, boost } from './boost.ts';
import { strongestPairs } from './fast.ts';
import { type Graphs, graphsOf } from './graphs.ts';
import { cellsOf, cellWeights, type Groups, mainShape, mergeBins, type Shape, sizeOf, type Term } from './term.ts';

export interface TrainOptions extends BagOptions, BoostOptions {
  readonly bags: number;
  /** Pairs of columns with a graph of their own. */
  readonly interactions: number;
  /** Groups of a column in a pair's table. */
  readonly pairGroups: number;
  /** Columns among which pairs are looked for, the most important ones. */
  readonly pairColumns: number;
}

export interface TrainingRows {
  readonly data: BinnedRows;
  readonly target: Target;
  /** [rows] positive, mean 1. */
  readonly weights?: Float64Array;
}

/** Share of the rows that each bag leaves out. */
const leftOut = 0.15;
/** So many rows must be left out for them to tell when to stop. */
const fewestJudges = 6;

/**
 * An Explainable Boosting Machine (Lou et al. 2012, 2013; Nori et al. 2019): several bags boost one table a column, each on 85 % of the
 * rows until the others gain no more; then, on top of these, tables of the pairs of columns that interact most.
 */
export async function trainEbm(
  { data, target, weights }: TrainingRows,
  columns: readonly BinnedColumn[],
  options: TrainOptions,
  random: Random,
  pace: Pace,
): Promise<{ graphs: Graphs; shapes: readonly Shape[]; rounds: number }> {
  const rowWeights = weights ?? new Float64Array(data.rows).fill(1);
  const start = startScores(target, weights);
  const scale = target.kind === 'values' ? scaleOf(target.values, weights) : { mean: 0, deviation: 1 };
  const bags: { readonly bag: Bag; readonly judges: Uint32Array | undefined }[] = [];
  for (let i = 0; i < options.bags; i++) {
    const out = leaveOut(target, random.fork(`rows ${i}`));
    const own = rowWeights.map((weight, row) => (out[row] ? 0 : weight));
    const bag = new Bag(additiveRows(target, own, start, scale), own, options, random.fork(`bag ${i}`));
    const judges = Uint32Array.from([...out.keys()].filter((row) => out[row] === 1));
    bags.push({ bag, judges: judges.length < fewestJudges ? undefined : judges });
    await pace.after(100 * data.rows);
  }
  const all = bags.map(({ bag }) => bag);
  const paced = () => pace.after(4 * data.rows * start.length);
  const termOf = (shape: Shape): Term => ({ shape, size: sizeOf(shape), cells: cellsOf(shape, data) });
  let rounds = 0;
  const boostAll = async (terms: readonly Term[]) => {
    for (const { bag, judges } of bags) {
      bag.begin(terms);
      rounds += await boost(bag, judges, options, paced);
    }
  };
  const mains: Term[] = [];
  for (const [i, column] of columns.entries()) {
    mains.push(termOf(mainShape(column, i)));
    await pace.after(10 * data.rows);
  }
  await boostAll(mains);
  const pairs: Term[] = [];
  if (options.interactions > 0) {
    const groups = pairColumns(all, mains, columns, rowWeights, options);
    const shapes = await strongestPairs(all, data, groups, options.interactions, options.minLeafRows, paced);
    pairs.push(...shapes.map(termOf));
    await boostAll(pairs);
  }
  const terms = [...mains, ...pairs];
  const graphs = graphsOf(all, terms, rowWeights, start, scale);
  return { graphs, shapes: terms.map(({ shape }) => shape), rounds: Math.round(rounds / bags.length) };
}

/** 1 for rows that a bag leaves out: the same share of every class. */
function leaveOut(target: Target, random: Random): Uint8Array {
  const length = target.kind === 'classes' ? target.codes.length : target.values.length;
  const out = new Uint8Array(length);
  const byClass = new Map<number, number[]>();
  for (const row of random.permutation(length)) {
    const group = target.kind === 'classes' ? target.codes[row] : 0;
    const rows = byClass.get(group);
    if (rows) rows.push(row);
    else byClass.set(group, [row]);
  }
  for (const rows of byClass.values()) {
    for (const row of rows.slice(0, Math.floor(leftOut * rows.length))) out[row] = 1;
  }
  return out;
}

/** The columns among which pairs are looked for, with their bins merged; levels in the order of their own effects. */
function pairColumns(
  bags: readonly Bag[],
  terms: readonly Term[],
  columns: readonly BinnedColumn[],
  rowWeights: Float64Array,
  { pairGroups, pairColumns: most }: TrainOptions,
): Groups[] {
  const ofBags = bags.map((bag) => bag.tables());
  const effects = terms.map((_, t) =>
    ofBags[0][t].map((_, cell) => ofBags.reduce((sum, tables) => sum + tables[t][cell], 0)),
  );
  const weights = terms.map((term) => cellWeights(term, rowWeights));
  const strength = effects.map((effect, t) =>
    effect.reduce((sum, value, i) => sum + Math.abs(value) * weights[t][i % weights[t].length], 0),
  );
  const chosen = Array.from(columns.keys())
    .sort((a, b) => strength[b] - strength[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  return chosen.map((column) => {
    const bins = Array.from(weights[column].keys());
    if (columns[column].kind === 'numeric') return mergeBins(column, bins, weights[column], pairGroups, missingBin);
    bins.sort((a, b) => effects[column][a] - effects[column][b] || a - b);
    return mergeBins(column, bins, weights[column], pairGroups);
  });
}
