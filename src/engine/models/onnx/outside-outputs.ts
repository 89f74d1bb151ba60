import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { logistic } from '../../numerics/logistic.ts';
import { softmax } from '../../numerics/softmax.ts';
import { wrongModel } from './outside-inputs.ts';

/** What of a model's outputs is read, and how. Survives JSON. */
export type OutsideOutput = { readonly name: string } & (
  | { readonly kind: 'values' }
  | {
      /** One a class, or one for the second of two. */
      readonly kind: 'probabilities' | 'logits';
      readonly width: number;
      /** For each of the table's classes, where the model has it. */
      readonly places: readonly number[];
    }
);

/** What a model said of some rows, and what is known of the table's classes. */
export interface Answered {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly rows: number;
  /** Absent for regression. */
  readonly classes?: readonly string[];
}

const numberTypes = ['float32', 'float64'];

/** Names of the outputs that are worth asking for: tensors. */
export const tensorOutputs = (metadata: readonly InferenceSession.ValueMetadata[]): string[] =>
  metadata.filter((output) => output.isTensor).map(({ name }) => name);

/**
 * Chooses what to read. A label beside probabilities tells the order of the model's classes. Throws a UserError where no output, or more
 * than one, can be meant.
 */
export function chooseOutput({ outputs, rows, classes }: Answered): OutsideOutput {
  const numbers = Object.entries(outputs).filter(
    ([, { type, dims }]) => numberTypes.includes(type) && dims[0] === rows && dims.length <= 2,
  );
  const widthOf = ({ size }: Tensor) => size / rows;
  const listed = Object.entries(outputs).map(([name, { type, dims }]) => `"${name}" (${type}, ${dims.join(' x ')})`);
  const suits = ([, tensor]: [string, Tensor]) =>
    classes
      ? widthOf(tensor) === classes.length || (classes.length === 2 && widthOf(tensor) === 1)
      : widthOf(tensor) === 1;
  const fit = numbers.filter(suits);
  if (fit.length !== 1)
    throw wrongModel(
      `${fit.length === 0 ? 'none' : 'more than one'} of the model's outputs can be ${classes ? `the probabilities of ${classes.length} classes` : 'the predicted value'}: it has ${listed.join(', ')}.`,
      classes
        ? 'Export it with one output of a number a class (and, if you like, one of labels).'
        : 'Export it with one output of one number a row.',
    );
  const [[name, tensor]] = fit;
  if (!classes) return { kind: 'values', name };
  const values = Float64Array.from(tensor.data as Float32Array);
  const width = widthOf(tensor);
  const kind = areProbabilities(values, width) ? 'probabilities' : 'logits';
  const label = Object.values(outputs).find(({ type, size }) => !numberTypes.includes(type) && size === rows);
  return { kind, name, width, places: placesOf(classes, label, values, width) };
}

function areProbabilities(values: Float64Array, width: number): boolean {
  if (!values.every((value) => value >= -1e-6 && value <= 1 + 1e-6)) return false;
  if (width === 1) return true;
  for (let base = 0; base < values.length; base += width) {
    const sum = values.subarray(base, base + width).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) > 1e-3) return false;
  }
  return true;
}

/** By the labels that the model gives to its largest numbers; the table's own order where it gives none. */
function placesOf(
  classes: readonly string[],
  label: Tensor | undefined,
  values: Float64Array,
  width: number,
): readonly number[] {
  const order = classes.map((_, k) => k);
  if (!label || width === 1) return order;
  const found = new Map<number, number>();
  Array.from(label.data as ArrayLike<string | number | bigint>, String).forEach((text, row) => {
    const known = classes.findIndex((name) => name === text || (Number(name) === Number(text) && text.trim() !== ''));
    if (known < 0)
      throw wrongModel(
        `the model predicts the class "${text}", which the target does not have: its classes are ${classes.map((name) => `"${name}"`).join(', ')}.`,
      );
    const own = values.subarray(row * width, (row + 1) * width);
    found.set(known, own.indexOf(Math.max(...own)));
  });
  // Classes that were never the most probable keep the places that are left, in order.
  const taken = new Set(found.values());
  const left = order.filter((place) => !taken.has(place));
  return order.map((k) => found.get(k) ?? left.shift() ?? k);
}

/** [rows x classes] probabilities, or [rows] values, of the first rows of an output. */
export function readOutput(output: OutsideOutput, tensor: Tensor, rows: number): Float64Array {
  const raw = Float64Array.from(tensor.data as Float32Array);
  if (output.kind === 'values') return raw.slice(0, rows);
  const { kind, width, places } = output;
  const count = places.length;
  const values = new Float64Array(rows * count);
  for (let row = 0, base = 0; row < rows; row++, base += count) {
    if (width === 1) {
      const second = kind === 'logits' ? logistic(raw[row]) : raw[row];
      values.set([1 - second, second], base);
      continue;
    }
    for (let k = 0; k < count; k++) values[base + k] = raw[row * width + places[k]];
    if (kind === 'logits') softmax(values, base, count);
  }
  return values;
}
