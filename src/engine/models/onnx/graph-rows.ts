import { UserError } from '../../../shared/faults.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/**
 * One column inside a graph, [rows x 1]: numbers, NaN where missing, or text, empty where missing; or pictures, [rows x height x width x 3]
 * float from 0 to 255, NaN where missing.
 */
export interface GraphColumn {
  readonly name: string;
  readonly value: Value;
}

/** A table inside a graph, whose columns are found by name as those of a `Table` are. */
export interface GraphRows {
  readonly graph: GraphBuilder;
  readonly columns: readonly GraphColumn[];
}

function columnValue({ columns }: GraphRows, name: string): Value {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw new RangeError(`no column "${name}" among ${columns.map((c) => c.name).join(', ')}`);
  return column.value;
}

/** Numbers of a column, [rows x 1] double, NaN where missing; infinities count as missing. */
export function numbersIn(rows: GraphRows, name: string): Value {
  const value = columnValue(rows, name);
  if (value.type !== 'double') throw new RangeError(`column "${name}" holds text`);
  return value;
}

/** Texts of a column, [rows x 1], empty where missing. */
export function textsIn(rows: GraphRows, name: string): Value {
  const value = columnValue(rows, name);
  if (value.type !== 'string') throw new RangeError(`column "${name}" holds numbers`);
  return value;
}

/** Pictures of a column, [rows x height x width x 3] float, NaN where missing. */
export function rawPicturesIn(rows: GraphRows, name: string): Value {
  const value = columnValue(rows, name);
  if (value.type !== 'float') throw new RangeError(`column "${name}" holds no pictures`);
  return value;
}

/** Several columns of numbers side by side. [rows x names] */
export const numbersOf = (rows: GraphRows, names: readonly string[]): Value =>
  rows.graph.concat(names.map((name) => numbersIn(rows, name)));

/** int64 places of a column's texts, [rows x 1]: that of the level, of a missing cell, or of any other text. */
export function placesIn(
  rows: GraphRows,
  name: string,
  places: ReadonlyMap<string, number>,
  missing: number,
  other: number,
): Value {
  const keys = ['', ...places.keys()];
  const values = [missing, ...places.values()];
  return rows.graph.learnedNode(
    'LabelEncoder',
    textsIn(rows, name),
    {
      keys_strings: { kind: 'texts', values: keys },
      values_int64s: { kind: 'integers', values },
      default_int64: { kind: 'integer', value: other },
    },
    'int64',
  );
}

/** Something that has no form in ONNX. @param instead what would have one */
export const noOnnx = (what: string, instead = 'choose another model with --trial'): UserError =>
  new UserError('no-onnx', `${what} cannot be written as ONNX.`, {
    advice: `Export it as a bundle (a file that ends in .json), or ${instead}.`,
  });
