import type { FloatDistribution, IntDistribution, OrdinalDistribution } from '../../shared/space.ts';

/**
 * A numeric distribution seen as one line on which it is uniform: the values themselves, or their natural logarithms. A grid's line
 * reaches half a step beyond its first and last value, so that every grid point owns a cell (Bergstra et al. 2011, quantised
 * variables; Optuna widens likewise).
 */
export interface Axis {
  /** Ends of the line, in the value's unit or its logarithm's. */
  readonly low: number;
  readonly high: number;
  /** Number of values; Infinity where continuous. */
  readonly count: number;
  /** Distance of the grid's values, undefined where continuous. */
  readonly step?: number;
  /** The i-th value of a finite axis, from 0. */
  valueAt(i: number): number;
  toPosition(value: number): number;
  /** The value whose cell holds the position; positions beyond the ends give the first and last value. */
  toValue(position: number): number;
  /** The cell of a grid's value on the line; a point where continuous. */
  cell(value: number): readonly [number, number];
}

/** Distributions whose values are in order; ordered choices are counted by their place, from 0. */
export type Numeric = FloatDistribution | IntDistribution | OrdinalDistribution;
type Range = FloatDistribution | IntDistribution;
const axes = new WeakMap<Numeric, Axis>();

/** The axis of a checked distribution; made once for each. */
export function numericAxis(distribution: Numeric): Axis {
  let axis = axes.get(distribution);
  if (!axis) {
    axis = distribution.type === 'ordinal' ? placesAxis(distribution) : rangeAxis(distribution);
    axes.set(distribution, axis);
  }
  return axis;
}

const placesAxis = ({ choices }: OrdinalDistribution): Axis =>
  gridAxis({ type: 'int', low: 0, high: choices.length - 1 }, 1);

function rangeAxis(distribution: Range): Axis {
  const step = distribution.step ?? (distribution.type === 'int' ? 1 : undefined);
  return step === undefined ? continuousAxis(distribution) : gridAxis(distribution, step);
}

function continuousAxis({ low, high, log }: Range): Axis {
  const toPosition = log ? Math.log : (value: number) => value;
  const fromPosition = log ? Math.exp : (position: number) => position;
  return {
    low: toPosition(low),
    high: toPosition(high),
    count: low === high ? 1 : Number.POSITIVE_INFINITY,
    valueAt: () => low,
    toPosition,
    toValue: (position) => Math.min(high, Math.max(low, fromPosition(position))),
    cell: (value) => [toPosition(value), toPosition(value)],
  };
}

function gridAxis({ low, high, log }: Range, step: number): Axis {
  const count = Math.floor((high - low) / step + 1e-9) + 1;
  const toPosition = log ? Math.log : (value: number) => value;
  // 14 digits drop the dust of binary fractions: 0.1 + 2 x 0.1 is 0.3. Whole numbers have none.
  const whole = Number.isInteger(low) && Number.isInteger(step);
  const valueAt = (i: number) => {
    if (i === 0) return low;
    const value = low + i * step;
    return Math.min(high, whole ? value : Number(value.toPrecision(14)));
  };
  const edge = (i: number) => {
    const lower = low + (i - 0.5) * step;
    // On a logarithmic line the first cell would reach 0 or below; it is then as wide below the value as above it.
    return toPosition(log && lower <= 0 ? (low * low) / (low + 0.5 * step) : lower);
  };
  const indexOf = (value: number) => Math.min(count - 1, Math.max(0, Math.round((value - low) / step)));
  return {
    low: edge(0),
    high: edge(count),
    count,
    step,
    valueAt,
    toPosition,
    toValue: (position) => valueAt(indexOf(log ? Math.exp(position) : position)),
    cell: (value) => [edge(indexOf(value)), edge(indexOf(value) + 1)],
  };
}
