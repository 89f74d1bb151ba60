import { suitsLogarithm } from './best-so-far-chart.ts';
import { extent } from './extent.ts';

type Value = number | string | boolean;

/** One upright axis: numbers from least to most, anything else in the order of its names. */
export interface ParallelAxis {
  readonly name: string;
  readonly scale: 'linear' | 'logarithmic' | 'names';
  readonly values: readonly Value[];
  readonly bottom: Value;
  readonly top: Value;
}

/** The axis for all values that a hyperparameter had. */
export function parallelAxis(name: string, had: readonly Value[]): ParallelAxis {
  const numbers = had.filter((value) => typeof value === 'number');
  if (numbers.length === had.length && numbers.length > 0) {
    const [bottom, top] = extent(numbers);
    return { name, scale: suitsLogarithm(numbers) ? 'logarithmic' : 'linear', values: [bottom, top], bottom, top };
  }
  const values = [...new Set(had)].sort((a, b) => String(a).localeCompare(String(b)));
  return { name, scale: 'names', values, bottom: values[0] ?? '', top: values.at(-1) ?? '' };
}

/** Where a value lies, from 0 at the bottom to 1 at the top; in the middle where all are the same. */
export function placeAlong({ scale, values, bottom, top }: ParallelAxis, value: Value): number {
  if (bottom === top) return 0.5;
  if (scale === 'names') return values.indexOf(value) / (values.length - 1);
  const on = (of: Value) => (scale === 'logarithmic' ? Math.log(Number(of)) : Number(of));
  return (on(value) - on(bottom)) / (on(top) - on(bottom));
}
