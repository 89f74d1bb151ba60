import type { Bag } from './bag.ts';
import { purify } from './purify.ts';
import { cellWeights, type Term } from './term.ts';

/** The fitted model as a person reads it: an intercept and a centred table a term, in the unit of the scores. */
export interface Graphs {
  /** [outputs] */
  readonly intercept: Float64Array;
  /** [terms] each [outputs x cells], the mean over the bags; 0 in cells that training never had. */
  readonly tables: readonly Float64Array[];
  /** The same shape: standard deviation over the bags; 0 where there is one bag. */
  readonly errors: readonly Float64Array[];
  /** [terms] each [cells]: weight of the training rows there. */
  readonly weights: readonly Float64Array[];
  /** [terms] mean absolute contribution to a training row's scores. */
  readonly importance: readonly number[];
}

/**
 * The bags' tables as one set of graphs: what a pair does that its columns could do alone goes to their own curves, every table is
 * centred on the training rows, and classes are centred on their mean, so that a graph has one meaning.
 * scale: of the scores, to the target's unit.
 */
export function graphsOf(
  bags: readonly Bag[],
  terms: readonly Term[],
  rowWeights: Float64Array,
  start: Float64Array,
  scale: { mean: number; deviation: number },
): Graphs {
  const outputs = start.length;
  const weights = terms.map((term) => cellWeights(term, rowWeights));
  const ofBags = bags.map((bag) => centredBag(bag.tables(), terms, weights, outputs));
  const meanOf = (pick: (of: CentredBag) => number) => ofBags.reduce((sum, of) => sum + pick(of), 0) / ofBags.length;
  const deviationOf = (pick: (of: CentredBag) => number) => {
    const mean = meanOf(pick);
    return Math.sqrt(ofBags.reduce((sum, of) => sum + (pick(of) - mean) ** 2, 0) / Math.max(1, ofBags.length - 1));
  };
  const over = (of: typeof meanOf) =>
    terms.map((term, t) =>
      Float64Array.from(
        { length: outputs * term.size },
        (_, cell) => scale.deviation * of(({ tables }) => tables[t][cell]),
      ),
    );
  const tables = over(meanOf);
  const intercept = start.map((score, k) => scale.mean + scale.deviation * (score + meanOf((of) => of.intercept[k])));
  if (outputs > 1) centreOutputs(intercept, outputs);
  return {
    intercept,
    tables,
    errors: over(deviationOf),
    weights,
    importance: tables.map((table, t) => meanSize(table, weights[t])),
  };
}

interface CentredBag {
  readonly intercept: Float64Array;
  readonly tables: readonly Float64Array[];
}

function centredBag(
  raw: readonly Float64Array[],
  terms: readonly Term[],
  weights: readonly Float64Array[],
  outputs: number,
): CentredBag {
  const tables = raw.map((table) => table.slice());
  const mainOf = new Map(terms.flatMap(({ shape }, t) => (shape.kind === 'pair' ? [] : [[shape.column, t] as const])));
  terms.forEach(({ shape, size }, t) => {
    if (shape.kind !== 'pair') return;
    for (let k = 0; k < outputs; k++) {
      const own = tables[t].subarray(k * size, (k + 1) * size);
      const margins = purify(own, weights[t], shape.groups[1].count);
      shape.groups.forEach(({ column, groupOf }, i) => {
        const main = mainOf.get(column) ?? 0;
        const margin = i === 0 ? margins.first : margins.second;
        for (let bin = 0; bin < terms[main].size; bin++)
          tables[main][k * terms[main].size + bin] += margin[groupOf[bin]];
      });
    }
  });
  const intercept = new Float64Array(outputs);
  tables.forEach((table, t) => {
    if (outputs > 1) centreOutputs(table, outputs);
    for (let k = 0; k < outputs; k++) {
      const own = table.subarray(k * terms[t].size, (k + 1) * terms[t].size);
      intercept[k] += centre(own, weights[t]);
      for (const cell of strangeCells(terms[t], weights[t])) own[cell] = 0;
    }
  });
  return { intercept, tables };
}

/** Cells of bins that training never had: what falls there later counts as the average row. */
function strangeCells({ shape, size }: Term, weights: Float64Array): number[] {
  const cells = Array.from({ length: size }, (_, cell) => cell);
  if (shape.kind !== 'pair') return cells.filter((cell) => weights[cell] === 0);
  const [lines, columns] = shape.groups;
  return cells.filter(
    (cell) =>
      (lines.hasEmpty && Math.floor(cell / columns.count) === lines.count - 1) ||
      (columns.hasEmpty && cell % columns.count === columns.count - 1),
  );
}

/** Takes the mean over the rows out of a table and returns it. */
function centre(table: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let cell = 0; cell < table.length; cell++) {
    sum += weights[cell] * table[cell];
    total += weights[cell];
  }
  const mean = total > 0 ? sum / total : 0;
  for (let cell = 0; cell < table.length; cell++) table[cell] -= mean;
  return mean;
}

/** Softmax knows differences only: the outputs of a cell sum to 0. */
function centreOutputs(table: Float64Array, outputs: number): void {
  const size = table.length / outputs;
  for (let cell = 0; cell < size; cell++) {
    let sum = 0;
    for (let at = cell; at < table.length; at += size) sum += table[at];
    for (let at = cell; at < table.length; at += size) table[at] -= sum / outputs;
  }
}

function meanSize(table: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let cell = 0; cell < table.length; cell++) {
    sum += weights[cell % weights.length] * Math.abs(table[cell]);
    total += weights[cell % weights.length];
  }
  return total > 0 ? sum / total : 0;
}
