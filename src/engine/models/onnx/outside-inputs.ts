import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { UserError } from '../../../shared/faults.ts';
import { nameAdvice } from '../../data/closest-name.ts';
import type { Column, Table } from '../../data/table.ts';

/** How a model takes a table: one matrix of numbers, or one tensor a column. Survives JSON. */
export type OutsideInputs = { readonly batch: number | null } & (
  | { readonly kind: 'matrix'; readonly name: string; readonly type: string; readonly columns: readonly string[] }
  | {
      readonly kind: 'columns';
      readonly columns: readonly { readonly name: string; readonly type: string; readonly rank: number }[];
    }
);

type Metadata = InferenceSession.ValueMetadata;

export const wrongModel = (message: string, advice?: string): UserError =>
  new UserError('onnx-model', message, advice === undefined ? {} : { advice });

/** Matches a model's inputs with the columns of a table. Throws a UserError where they do not fit. */
export function matchInputs(inputs: readonly Metadata[], { columns }: Table): OutsideInputs {
  if (inputs.length === 0) throw wrongModel('the model takes no input.');
  const [first] = inputs;
  if (!first.isTensor) throw wrongModel(`the model's input "${first.name}" is no tensor.`);
  const { shape, type } = first;
  const isColumn = columns.some(({ name }) => name === first.name) && (shape.length < 2 || shape[1] === 1);
  if (inputs.length === 1 && !isColumn) return matchMatrix(first.name, type, shape, columns);
  const matched = inputs.map((input) => matchColumn(input, columns));
  return { kind: 'columns', batch: lengthOf(shape[0]), columns: matched };
}

/** Null where the axis is open: named, or without a name, which onnxruntime gives as a number beyond any. */
const lengthOf = (axis: number | string | undefined): number | null =>
  typeof axis === 'number' && axis > 0 && axis < 2 ** 31 ? axis : null;
const shapeWords = (shape: readonly (number | string)[]): string =>
  shape.map((axis) => (typeof axis === 'string' ? axis : (lengthOf(axis) ?? '?'))).join(' x ');

function matchMatrix(
  name: string,
  type: string,
  shape: readonly (number | string)[],
  columns: readonly Column[],
): OutsideInputs {
  if (shape.length !== 2)
    throw wrongModel(
      `the model's input "${name}" has ${shape.length} axes (${shapeWords(shape)}), a table has two.`,
      'Export a model whose input is rows by columns, or one input a column.',
    );
  const width = lengthOf(shape[1]);
  if (width === null)
    throw wrongModel(
      `the number of columns of the model's input "${name}" is not fixed (${shapeWords(shape)}): only the number of rows may be open.`,
      'Export it with a fixed number of columns.',
    );
  if (!isNumber(type)) throw wrongModel(`the model's input "${name}" is a matrix of ${type}, not of numbers.`);
  const numbers = columns.filter(isNumeric).map((column) => column.name);
  if (numbers.length !== width)
    throw wrongModel(
      `the model takes ${width} numbers a row and the table has ${numbers.length} columns of numbers beside the target: ${numbers.map((n) => `"${n}"`).join(', ')}.`,
      'Leave out columns that the model was not trained on: --ignore COLUMN,COLUMN.',
    );
  return { kind: 'matrix', batch: lengthOf(shape[0]), name, type, columns: numbers };
}

function matchColumn(input: Metadata, columns: readonly Column[]) {
  const { name } = input;
  if (!input.isTensor) throw wrongModel(`the model's input "${name}" is no tensor.`);
  const column = columns.find((candidate) => candidate.name === name);
  if (!column)
    throw wrongModel(
      `the model takes "${name}", and the table has no such column.`,
      nameAdvice(
        name,
        columns.map((candidate) => candidate.name),
      ),
    );
  const { shape, type } = input;
  if (shape.length > 2 || (shape.length === 2 && shape[1] !== 1))
    throw wrongModel(`the model's input "${name}" has the shape ${shapeWords(shape)}, a column has one value a row.`);
  if (type !== 'string' && !isNumber(type)) throw wrongModel(`the model's input "${name}" is of type ${type}.`);
  if (type !== 'string' && !isNumeric(column))
    throw wrongModel(`the model takes numbers as "${name}", and the table has text there.`);
  return { name, type, rank: Math.max(1, shape.length) };
}

const isNumber = (type: string) => ['float32', 'float64', 'int64', 'int32', 'bool'].includes(type);

/** Numbers, or levels that are all written as numbers. */
const isNumeric = (column: Column): boolean =>
  column.kind === 'numeric' ||
  (column.levels.length > 0 && column.levels.every((level) => level.trim() !== '' && Number.isFinite(Number(level))));

/** Rows at once: nothing that a file says may ask for memory without bounds. */
const mostRows = 65_536;

/** The tensors of rows [from, to), the last row repeated where a model wants a fixed number of them. */
export function feedsOf(
  { Tensor: Make }: { readonly Tensor: typeof Tensor },
  inputs: OutsideInputs,
  table: Table,
  from: number,
  to: number,
): Record<string, Tensor> {
  const count = inputs.batch ?? to - from;
  if (count > mostRows)
    throw wrongModel(`the model wants ${count} rows at once.`, 'Export it with an open number of rows.');
  const rowAt = (i: number) => Math.min(from + i, to - 1);
  const columnOf = (name: string) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) throw new RangeError(`no column "${name}" among ${table.columns.map((c) => c.name).join(', ')}`);
    return column;
  };
  if (inputs.kind === 'matrix') {
    const columns = inputs.columns.map(columnOf);
    const values = new Float64Array(count * columns.length);
    for (let i = 0; i < count; i++)
      columns.forEach((column, j) => {
        values[i * columns.length + j] = numberAt(column, rowAt(i));
      });
    return { [inputs.name]: numbersTensor(Make, inputs.type, values, [count, columns.length]) };
  }
  return Object.fromEntries(
    inputs.columns.map(({ name, type, rank }) => {
      const column = columnOf(name);
      const shape = rank === 1 ? [count] : [count, 1];
      if (type === 'string')
        return [
          name,
          new Make(
            'string',
            Array.from({ length: count }, (_, i) => textAt(column, rowAt(i))),
            shape,
          ),
        ];
      const values = Float64Array.from({ length: count }, (_, i) => numberAt(column, rowAt(i)));
      return [name, numbersTensor(Make, type, values, shape)];
    }),
  );
}

function numbersTensor(Make: typeof Tensor, type: string, values: Float64Array, shape: readonly number[]): Tensor {
  if (type === 'float64') return new Make('float64', values, shape);
  if (type === 'float32') return new Make('float32', Float32Array.from(values), shape);
  // A whole number has no way to say that it is missing.
  if (values.some(Number.isNaN))
    throw new UserError('onnx-missing', 'the model takes whole numbers, which cannot be missing, and some are.', {
      advice: 'Fill them in, or export the model with inputs of floating point.',
    });
  if (type === 'int64')
    return new Make(
      'int64',
      BigInt64Array.from(values, (value) => BigInt(Math.trunc(value))),
      shape,
    );
  if (type === 'int32') return new Make('int32', Int32Array.from(values), shape);
  return new Make(
    'bool',
    Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
    shape,
  );
}

/** The number of a cell, whose level is written as one; NaN where it is missing. */
export function numberAt(column: Column, row: number): number {
  if (column.kind === 'numeric') return column.values[row];
  return column.codes[row] < 0 ? Number.NaN : Number(column.levels[column.codes[row]]);
}

function textAt(column: Column, row: number): string {
  if (column.kind === 'coded') return column.codes[row] < 0 ? '' : column.levels[column.codes[row]];
  return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
}
