import type { GraphColumn, GraphRows } from '../../models/onnx/graph-rows.ts';

/** Writes a learnt step into a graph: the columns as they are behind it. Throws a UserError where it has no form there. */
export type WriteStep<State> = (rows: GraphRows, state: State) => readonly GraphColumn[];

/** The columns with those of these names replaced. */
export const withReplaced = (rows: GraphRows, made: readonly GraphColumn[]): GraphColumn[] => {
  const byName = new Map(made.map((column) => [column.name, column]));
  return rows.columns.map((column) => byName.get(column.name) ?? column);
};

/** The columns without those of these names. */
export const without = (rows: GraphRows, names: readonly string[]): GraphColumn[] =>
  rows.columns.filter(({ name }) => !names.includes(name));
