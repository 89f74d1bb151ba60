import type { AdditiveTerm, LevelGroup, TermAxis } from '../../../shared/results/additive-terms.ts';
import { type BinnedColumn, missingBin, otherLevelsBin } from '../../data/encoders/bin-encoder.ts';
import { type Shape, sizeOf } from './term.ts';

/** What of a column the graphs need besides its bins. */
export interface ColumnRange {
  readonly date: boolean;
  /** Least and greatest value of training; 0 for levels. */
  readonly low: number;
  readonly high: number;
}

export interface TermTables {
  readonly columns: readonly BinnedColumn[];
  readonly ranges: readonly ColumnRange[];
  readonly shapes: readonly Shape[];
  readonly importance: readonly number[];
  readonly bags: number;
  /** Tables of all terms, one after the other: [outputs x cells] each. */
  readonly tables: Float64Array;
  readonly errors: Float64Array;
  /** Shares of the training rows: [cells] each. */
  readonly shares: Float64Array;
  readonly outputs: number;
}

/** The tables as terms that speak of the columns, most important first. Bins that training never had are left out. */
export function termsOf(given: TermTables): AdditiveTerm[] {
  const { shapes, importance, bags, outputs } = given;
  let [from, shareFrom] = [0, 0];
  const terms = shapes.map((shape, t): AdditiveTerm => {
    const size = sizeOf(shape);
    const [start, shareStart] = [from, shareFrom];
    from += outputs * size;
    shareFrom += size;
    const share = given.shares.subarray(shareStart, shareFrom);
    const { axes, cells } = layOut(given, shape, share);
    const pick = (values: Float64Array) =>
      Array.from({ length: outputs }, (_, k) => cells.map((cell) => values[start + k * size + cell]));
    return {
      axes,
      importance: importance[t],
      effect: pick(given.tables),
      ...(bags > 1 && { error: pick(given.errors) }),
      share: cells.map((cell) => share[cell]),
    };
  });
  return terms.sort((a, b) => b.importance - a.importance);
}

/** One axis and which of a table's lines stand along it, in this order. */
interface LaidOut {
  readonly axis: TermAxis;
  readonly places: readonly number[];
}

/** The axes of a term, and the cell of its table for each cell along them. */
export function layOut(
  { columns, ranges }: Pick<TermTables, 'columns' | 'ranges'>,
  shape: Shape,
  share: Float64Array,
): { axes: TermAxis[]; cells: number[] } {
  if (shape.kind !== 'pair') {
    const { column, bins } = shape;
    const identity = Array.from({ length: bins }, (_, bin) => bin);
    const { axis, places } = axisOf(columns[column], ranges[column], identity, (bin) => share[bin] > 0);
    return { axes: [axis], cells: [...places] };
  }
  const [first, second] = shape.groups.map(({ column, groupOf, count, hasEmpty }) =>
    axisOf(columns[column], ranges[column], groupOf, (group) => !(hasEmpty && group === count - 1)),
  );
  const columnCount = shape.groups[1].count;
  const cells = first.places.flatMap((line) => second.places.map((column) => line * columnCount + column));
  return { axes: [first.axis, second.axis], cells };
}

/** groupOf: [bins] place of each bin; exists: whether training had rows there. */
function axisOf(
  binned: BinnedColumn,
  { date, low, high }: ColumnRange,
  groupOf: ArrayLike<number>,
  exists: (place: number) => boolean,
): LaidOut {
  const { name: column } = binned;
  if (binned.kind === 'numeric') {
    // Neighbouring bins of a group have no edge between them.
    const edges = binned.edges.filter((_, i) => groupOf[i + 1] !== groupOf[i + 2]);
    const missing = exists(groupOf[missingBin]);
    const places = [...new Set(Array.from(binned.edges.concat(0), (_, i) => groupOf[i + 1]))];
    return {
      axis: { kind: 'numbers', column, date, low, high, edges, missing },
      places: missing ? [...places, groupOf[missingBin]] : places,
    };
  }
  const groups = new Map<number, { levels: string[]; missing?: boolean; others?: boolean }>();
  const groupAt = (place: number) => {
    const group = groups.get(place) ?? { levels: [] };
    groups.set(place, group);
    return group;
  };
  binned.levels.forEach((level, i) => {
    if (exists(groupOf[i + 2])) groupAt(groupOf[i + 2]).levels.push(level);
  });
  if (exists(groupOf[otherLevelsBin])) groupAt(groupOf[otherLevelsBin]).others = true;
  if (exists(groupOf[missingBin])) groupAt(groupOf[missingBin]).missing = true;
  const places = [...groups.keys()];
  return {
    axis: { kind: 'levels', column, groups: places.map((place): LevelGroup => groupAt(place)) },
    places,
  };
}
