import type { Parameter, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import { contains } from '../../space/distribution.ts';
import { coordinatesOf } from './kernels.ts';

/** One parameter's coordinates by number of the trial, for the trials before `known`; the array may be longer. */
interface Column {
  values: Float64Array;
  known: number;
}

const columns = new WeakMap<readonly Trial[], WeakMap<Parameter, Column>>();

/**
 * A parameter's coordinate (see kernels.ts) in each trial, by number: NaN where the trial was not asked for yet, does not have the parameter, or
 * has a value that is not possible any more. Kept between calls: a configuration no longer changes once its trial was asked for, and what
 * waits is asked for from the lowest number on.
 */
export function trialColumn(trials: readonly Trial[], parameter: Parameter): Float64Array {
  const column = columnOf(trials, parameter);
  if (column.values.length < trials.length) {
    const longer = new Float64Array(Math.max(64, 2 * trials.length));
    longer.set(column.values);
    column.values = longer;
  }
  const toCoordinate = coordinatesOf(parameter.distribution);
  const coordinateIn = ({ state, params }: Trial): number => {
    const value: Value | undefined = params[parameter.name];
    if (state === 'waiting' || value === undefined) return Number.NaN;
    return contains(parameter.distribution, value) ? toCoordinate(value) : Number.NaN;
  };
  while (column.known < trials.length && trials[column.known].state !== 'waiting') {
    column.values[column.known] = coordinateIn(trials[column.known]);
    column.known++;
  }
  for (let i = column.known; i < trials.length; i++) column.values[i] = coordinateIn(trials[i]);
  return column.values.subarray(0, trials.length);
}

function columnOf(trials: readonly Trial[], parameter: Parameter): Column {
  const ofStudy = columns.get(trials) ?? new WeakMap<Parameter, Column>();
  columns.set(trials, ofStudy);
  const column = ofStudy.get(parameter) ?? { values: new Float64Array(0), known: 0 };
  ofStudy.set(parameter, column);
  return column;
}
