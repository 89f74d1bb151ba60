import type { ColumnEffect, EffectAxis } from '../../../shared/results/effects.ts';
import { type Column, type Table, withColumns } from '../../data/table.ts';
import { quantile } from '../../statistics/quantile.ts';
import { accumulatedEffect, type PointEffect } from '../decomposition/accumulated-effects.ts';
import type { Asking } from '../decomposition/asking.ts';
import { type PartialDependence, partialDependence, partialGrid } from '../decomposition/partial-dependence.ts';
import { type StepAxis, stepAxis } from '../decomposition/step-axis.ts';
import type { Scores } from '../functional-complexity/additive-scale.ts';
import { type Curve, curveAtRows } from './curve-at-rows.ts';
import { disagreementOf } from './disagreement.ts';

/** What all columns share. */
export interface EffectBasis {
  /** Rows of the local effects. */
  readonly sample: Table;
  /** Rows of partial dependence, some of the sample. */
  readonly base: Table;
  /** Of the sample's rows. */
  readonly predicted: Scores;
  /** Columns by which levels are compared, and among which the partner of a disagreement is looked for. */
  readonly compared: Table;
}

export interface MeasuredEffect {
  readonly effect: ColumnEffect;
  /** [rows x outputs] the local effect in each row of the sample. */
  readonly atRows: Float64Array;
}

/** Stretches of the axis in which rows are counted. */
const stretches = 40;

/** Undefined where it was enough before the end. */
export async function effectOf(
  asking: Asking,
  basis: EffectBasis,
  column: Column,
  { grid, levels, lines }: { readonly grid: number; readonly levels: number; readonly lines: number },
): Promise<MeasuredEffect | undefined> {
  const { sample, base, predicted, compared } = basis;
  const axis = stepAxis(sample, column, column.kind === 'numeric' ? grid : levels, compared);
  if (axis.count === 0) return nothingKnown(column, predicted.outputs, sample.rowCount);
  const points = partialPoints(axis, column, grid);
  const count = points.kind === 'numeric' ? points.values.length : points.codes.length;
  const partial = await partialDependence(asking, base, [points], count, Math.ceil(lines / predicted.outputs));
  const local = await accumulatedEffect(asking, sample, axis);
  const missing = await ofMissing(asking, base, column);
  if (!partial || !local || missing === 'enough') return undefined;
  const curves = curvesOf(axis, points, partial, local);
  const atRows = curveAtRows(curves.local, column);
  const partialAtRows = curveAtRows(curves.partial, column);
  const spread = Math.sqrt(partialAtRows.reduce((sum, value) => sum + value * value, 0) / sample.rowCount);
  const disagreement = disagreementOf(
    { partial: partialAtRows, local: atRows, error: errorAtRows(curves.local, local, column) },
    basis,
    column,
  );
  const drawn = drawnAxis(axis, column);
  return {
    atRows,
    effect: {
      column: column.name,
      axis: drawn,
      density: densityOf(drawn, axis, column),
      partial: {
        at: [...curves.partial.at],
        mean: partial.mean.map(rounded),
        lines: partial.lines.map((of) => of.map(roughly)),
      },
      local: { at: [...curves.local.at], effect: local.effect.map(rounded), error: local.error.map(rounded) },
      ...(missing && { missing }),
      // Rounding alone leaves some 1e-16 of the predictions where a column has no effect.
      spread: spread < 1e-12 * size(predicted) ? 0 : spread,
      ...(disagreement && { disagreement }),
    },
  };
}

const size = ({ values }: Scores): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const digits = (count: number) => (values: Float64Array) =>
  Array.from(values, (value) => Number(value.toPrecision(count)) + 0);
const rounded = digits(9);
/** Single rows are looked at only. */
const roughly = digits(4);

/** A column without a known value has no points. */
const nothingKnown = (column: Column, outputs: number, rows: number): MeasuredEffect => {
  const none = Array.from({ length: outputs }, () => []);
  return {
    atRows: new Float64Array(rows * outputs),
    effect: {
      column: column.name,
      axis:
        column.kind === 'numeric'
          ? { kind: 'numbers', date: column.type === 'date', low: 0, high: 0 }
          : { kind: 'levels', levels: [], further: 0 },
      density: [],
      partial: { at: [], mean: none, lines: none },
      local: { at: [], effect: none, error: none },
      spread: 0,
    },
  };
};

function partialPoints(axis: StepAxis, column: Column, grid: number): Column {
  if (column.kind === 'coded') return axis.points;
  return { ...column, values: partialGrid(column.values.filter(Number.isFinite).sort(), grid) };
}

function curvesOf({ points: steps }: StepAxis, points: Column, partial: PartialDependence, local: PointEffect) {
  const at = (column: Column) =>
    column.kind === 'numeric' ? column.values : Float64Array.from(column.codes, (_, i) => i);
  const codes = steps.kind === 'coded' ? steps.codes : undefined;
  return {
    partial: { at: at(points), codes, values: partial.mean } satisfies Curve,
    local: { at: at(steps), codes, values: local.effect } satisfies Curve,
  };
}

/** Standard errors in the rows, not centred. */
const errorAtRows = (curve: Curve, { error }: PointEffect, column: Column): Float64Array =>
  curveAtRows({ ...curve, values: error }, column, false);

/** The mean prediction were the value missing everywhere; undefined where it never is. */
async function ofMissing(asking: Asking, base: Table, column: Column): Promise<ColumnEffect['missing'] | 'enough'> {
  const isKnown = (row: number) =>
    column.kind === 'numeric' ? Number.isFinite(column.values[row]) : column.codes[row] >= 0;
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  let missing = 0;
  for (let row = 0; row < rows; row++) if (!isKnown(row)) missing++;
  const share = missing / rows;
  if (share === 0) return undefined;
  const blank: Column =
    column.kind === 'numeric'
      ? { ...column, values: new Float64Array(base.rowCount).fill(Number.NaN) }
      : { ...column, codes: new Int32Array(base.rowCount).fill(-1) };
  const found = await asking.whole(withColumns(base, [blank]));
  if (!found) return 'enough';
  const sums = new Float64Array(found.outputs);
  found.values.forEach((value, i) => {
    sums[i % found.outputs] += value / base.rowCount;
  });
  return { share, partial: rounded(sums) };
}

function drawnAxis(axis: StepAxis, column: Column): EffectAxis {
  if (column.kind === 'coded') {
    const { points } = axis;
    const levels = points.kind === 'coded' ? Array.from(points.codes, (code) => points.levels[code]) : [];
    const present = new Set(column.codes.filter((code) => code >= 0)).size;
    return { kind: 'levels', levels, further: present - levels.length };
  }
  const sorted = column.values.filter(Number.isFinite).sort();
  const [low, high] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  const whole = low === high;
  return {
    kind: 'numbers',
    date: column.type === 'date',
    low: whole ? sorted[0] : low,
    high: whole ? sorted[sorted.length - 1] : high,
  };
}

function densityOf(drawn: EffectAxis, axis: StepAxis, column: Column): number[] {
  const counts = new Float64Array(drawn.kind === 'levels' ? drawn.levels.length : stretches);
  if (drawn.kind === 'levels' || column.kind === 'coded') {
    for (const [place] of axis.pointsOf) if (place !== undefined) counts[place]++;
  } else {
    const width = drawn.high - drawn.low || 1;
    for (const value of column.values)
      if (value >= drawn.low && value <= drawn.high)
        counts[Math.min(stretches - 1, Math.floor(((value - drawn.low) / width) * stretches))]++;
  }
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return Array.from(counts, (count) => Number((count / total).toPrecision(4)));
}
