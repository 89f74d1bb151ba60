import { type ModelEdit, type RangeEdit, termName } from '../../shared/model-edit.ts';
import {
  type AdditiveTerm,
  axisValueWords,
  cellOfAxisWords,
  columnsOfTerm,
  type TermAxis,
} from '../../shared/results/additive-terms.ts';
import { countWords, listWords, percentWords } from '../../shared/results/numbers.ts';
import type { AdditiveParts } from '../models/additive.ts';
import { isotonicRegression } from '../numerics/isotonic-regression.ts';
import { cellsInRange } from './cells-in-range.ts';
import { type Absent, impossibleEdit, unknownName } from './edit-fault.ts';

export interface EditedGraphs {
  readonly intercept: readonly number[];
  readonly terms: readonly AdditiveTerm[];
  /** What the last edit took, in words. */
  readonly detail: string;
}

/**
 * The graphs after one more edit (Wang et al. 2022, 'Interpretability, then what?', section 4.1). Dropping, flattening (to the mean of the
 * training rows there) and forcing a direction (isotonic regression weighted by the training rows) keep the mean score of the training rows.
 * Setting and straightening change it: the graph is then centred anew, and what it lost goes to the intercept, so that no score outside
 * the range changes. Throws a UserError where the edit names what is not there, or means nothing for it.
 */
export function editGraphs(
  { intercept, terms, classes }: Pick<AdditiveParts, 'intercept' | 'terms' | 'classes'>,
  edit: ModelEdit,
  absent: Absent = 'refused',
): EditedGraphs {
  if (edit.kind === 'drop') {
    const dropped = findTerm(terms, edit.columns);
    if (!dropped && absent === 'as dropped') return { intercept, terms, detail: '' };
    if (!dropped) throw unknownTerm(terms, edit.columns);
    return {
      intercept,
      terms: terms.filter((term) => term !== dropped),
      detail: `its graph moved scores by ${Number(dropped.importance.toPrecision(3))} on average`,
    };
  }
  if (!('column' in edit))
    throw impossibleEdit(
      'a model of graphs has no weights, nodes or rules to edit.',
      'Drop, flatten, straighten or set a graph, or force its direction.',
    );
  const term = termOf(terms, [edit.column]);
  const [axis] = term.axes;
  const cells = cellsInRange(axis, edit.range);
  const scores = scoresOf(edit, classes, intercept.length);
  const curves = term.effect.map((effect, k) => {
    const curve = { effect: [...effect], ...(term.error && { error: [...term.error[k]] }) };
    return scores.includes(k) ? change(edit, axis, cells, term.share, curve) : curve;
  });
  const means = curves.map(({ effect }) => mean(effect, term.share));
  const recentred = edit.kind === 'set' || edit.kind === 'interpolate';
  const effect = curves.map((curve, k) => (recentred ? curve.effect.map((value) => value - means[k]) : curve.effect));
  const edited: AdditiveTerm = {
    ...term,
    effect,
    ...(term.error && { error: curves.map(({ error = [] }) => error) }),
    importance: effect.reduce((sum, own) => sum + mean(own.map(Math.abs), term.share), 0) / effect.length,
  };
  return {
    intercept: recentred ? intercept.map((value, k) => value + means[k]) : intercept,
    terms: terms.map((one) => (one === term ? edited : one)),
    detail: detailWords(axis, cells, term.share),
  };
}

function termOf(terms: readonly AdditiveTerm[], columns: readonly string[]): AdditiveTerm {
  const found = findTerm(terms, columns);
  if (!found) throw unknownTerm(terms, columns);
  return found;
}

function findTerm(terms: readonly AdditiveTerm[], columns: readonly string[]): AdditiveTerm | undefined {
  const wanted = [...columns].sort().join('\n');
  return terms.find((term) => columnsOfTerm(term).toSorted().join('\n') === wanted);
}

function unknownTerm(terms: readonly AdditiveTerm[], columns: readonly string[]): Error {
  const names = terms.map((term) => termName(columnsOfTerm(term)));
  const name = termName(columns);
  return unknownName(`graph of "${name}"`, name, names, 'The graphs are');
}

/** Places of the scores that are meant. */
function scoresOf(edit: RangeEdit, classes: readonly string[] | undefined, count: number): number[] {
  const all = Array.from({ length: count }, (_, k) => k);
  if (edit.class === undefined) {
    if (count === 1 || edit.kind === 'flatten' || edit.kind === 'interpolate') return all;
    throw impossibleEdit(
      `"${edit.column}" has a graph for each of ${count} classes.`,
      `Say which class is meant, as in "up for ${classes?.[0]}": ${listWords(classes ?? [])}.`,
    );
  }
  const k = classes?.indexOf(edit.class) ?? -1;
  if (k >= 0) return [k];
  if (!classes)
    throw impossibleEdit('the model predicts a number: its graphs have no classes.', 'Leave out the class.');
  throw unknownName(`graph for class "${edit.class}"`, edit.class, classes, 'The graphs speak of');
}

/** A graph for one score. error: standard deviation over the bags. */
interface Curve {
  readonly effect: number[];
  readonly error?: number[];
}

/** share: [cells] of the training rows. */
function change(
  edit: RangeEdit,
  axis: TermAxis,
  cells: readonly number[],
  share: readonly number[],
  curve: Curve,
): Curve {
  switch (edit.kind) {
    case 'flatten':
      return withCells(curve, needed(cells, 2, edit.column), (values) =>
        cells.map(() => mean(values, of(share, cells))),
      );
    case 'set':
      return withCells(
        curve,
        cells,
        () => cells.map(() => edit.adds),
        () => cells.map(() => 0),
      );
    case 'interpolate':
      return withCells(curve, needed(inOrder(axis, cells), 3, edit.column), (values) =>
        straight(values, middles(axis, cells)),
      );
    case 'monotone':
      return monotone(edit.direction, needed(inOrder(axis, cells), 2, edit.column), share, curve);
  }
}

const of = (values: readonly number[], cells: readonly number[]): number[] => cells.map((cell) => values[cell]);

/** errors: by default as `values`: what is a weighted mean of heights deviates at most by that mean of their deviations. */
function withCells(
  { effect, error }: Curve,
  cells: readonly number[],
  values: (before: readonly number[]) => readonly number[],
  errors = values,
): Curve {
  const put = (before: readonly number[], made: readonly number[]) =>
    before.map((value, cell) => (cells.includes(cell) ? made[cells.indexOf(cell)] : value));
  return {
    effect: put(effect, values(of(effect, cells))),
    ...(error && { error: put(error, errors(of(error, cells))) }),
  };
}

function monotone(direction: 'up' | 'down', cells: readonly number[], share: readonly number[], curve: Curve): Curve {
  const sign = direction === 'up' ? 1 : -1;
  const weights = of(share, cells);
  const { heights, blocks } = isotonicRegression(
    of(curve.effect, cells).map((value) => sign * value),
    weights,
  );
  const pooled = (errors: readonly number[]) =>
    errors.map((_, i) => {
      const members = [...blocks.keys()].filter((j) => blocks[j] === blocks[i]);
      return mean(of(errors, members), of(weights, members));
    });
  return withCells(curve, cells, () => Array.from(heights, (height) => sign * height), pooled);
}

/** From the first value to the last in a straight line. */
function straight(values: readonly number[], at: readonly number[]): number[] {
  const last = values.length - 1;
  return at.map((x) => values[0] + ((values[last] - values[0]) * (x - at[0])) / (at[last] - at[0]));
}

function middles(axis: TermAxis, cells: readonly number[]): number[] {
  if (axis.kind !== 'numbers') return [...cells];
  const { edges, low, high } = axis;
  return cells.map((cell) => ((edges[cell - 1] ?? low) + (edges[cell] ?? high)) / 2);
}

function inOrder(axis: TermAxis, cells: readonly number[]): readonly number[] {
  if (axis.kind === 'numbers') return cells;
  throw impossibleEdit(`"${axis.column}" holds levels, which have no order.`, 'Flatten, set or drop its graph.');
}

function needed(cells: readonly number[], least: number, column: string): readonly number[] {
  if (cells.length >= least) return cells;
  throw impossibleEdit(
    `the graph of "${column}" has ${countWords(cells.length, 'step')} there; this edit needs ${least}.`,
    'Name a wider range, or set what it adds there.',
  );
}

/** Weighted; of cells without rows the plain mean. */
function mean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((a, b) => a + b, 0);
  if (total <= 0) return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
  return values.reduce((sum, value, i) => sum + value * weights[i], 0) / total;
}

/** '12 steps of the graph, above 19.5 to 41, where 35 % of the training rows are' */
function detailWords(axis: TermAxis, cells: readonly number[], share: readonly number[]): string {
  const rows = `where ${percentWords(cells.reduce((sum, cell) => sum + share[cell], 0))} of the training rows are`;
  const steps = countWords(cells.length, 'step of the graph', 'steps of the graph');
  if (axis.kind === 'levels' || cells.length === 1)
    return `${steps}, ${listWords(cells.slice(0, 6).map((cell) => cellOfAxisWords(axis, cell)))}${cells.length > 6 ? ' and more' : ''}, ${rows}`;
  const [below, above] = [axis.edges[cells[0] - 1], axis.edges[cells[cells.length - 1]]];
  const from = below === undefined ? '' : `above ${axisValueWords(axis, below)}`;
  const to = above === undefined ? '' : `${from ? ' to' : 'up to'} ${axisValueWords(axis, above)}`;
  return [steps, `${from}${to}`, rows].filter(Boolean).join(', ');
}
