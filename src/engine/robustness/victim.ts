import { setImmediate } from 'node:timers/promises';
import type { Target } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';
import { type InputGradient, isDifferentiable, type Prediction, type Predictor } from '../models/predictor.ts';

/** The model as an attack sees it: every row asked for is counted, a gradient like a prediction. */
export interface Victim {
  predict(rows: Table): Promise<Prediction>;
  /** Absent where the model has no gradients. */
  readonly inputGradient?: (rows: Table, target: Target) => Promise<InputGradient>;
}

/** What was asked of a victim so far. */
export interface Tally {
  queries: number;
  gradientRows: number;
  /** Rows whose gradient was 0 in every column, or not a number in one: such a model is not robust but hidden. */
  deadGradients: number;
}

/**
 * A victim that answers at most `limit` rows; beyond it, it throws a RangeError that names the attack.
 * Lets the event loop turn before each answer and throws an AbortError on the signal.
 */
export function victimOf(
  predictor: Predictor,
  limit: number,
  attack: string,
  signal: AbortSignal,
): { victim: Victim; tally: Tally } {
  const tally: Tally = { queries: 0, gradientRows: 0, deadGradients: 0 };
  const charge = async (rows: number) => {
    await setImmediate();
    signal.throwIfAborted();
    if (tally.queries + rows > limit)
      throw new RangeError(`attack ${attack} asked for ${tally.queries + rows} rows with a budget of ${limit}`);
    tally.queries += rows;
  };
  const predict = async (rows: Table) => {
    await charge(rows.rowCount);
    return predictor.predict(rows);
  };
  if (!isDifferentiable(predictor)) return { tally, victim: { predict } };
  const inputGradient = async (rows: Table, target: Target) => {
    await charge(rows.rowCount);
    const gradient = await predictor.inputGradient(rows, target);
    tally.gradientRows += rows.rowCount;
    tally.deadGradients += countDead(gradient, rows.rowCount);
    return gradient;
  };
  return { tally, victim: { predict, inputGradient } };
}

function countDead({ columns, values }: InputGradient, rowCount: number): number {
  let dead = 0;
  for (let row = 0; row < rowCount; row++) {
    const own = values.subarray(row * columns.length, (row + 1) * columns.length);
    if (own.some(Number.isNaN) || own.every((value) => value === 0)) dead++;
  }
  return dead;
}
