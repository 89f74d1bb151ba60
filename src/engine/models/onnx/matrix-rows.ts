import type { MatrixState } from '../../data/encoders/matrix-encoder.ts';
import { bound } from '../../data/encoders/matrix-encoder.ts';
import type { Value } from './graph-builder.ts';
import { type GraphRows, numbersOf, placesIn } from './graph-rows.ts';

type NumericState = Extract<MatrixState['columns'][number], { kind: 'numeric' }>;
type CodedState = Extract<MatrixState['columns'][number], { kind: 'coded' }>;

/** Columns of the matrix that an encoder makes, and how many. */
export interface MatrixRows {
  /** [rows x width] float */
  readonly value: Value;
  readonly width: number;
}

/** What `restoreMatrixEncoder(state).encode` makes of rows, in the same order. */
export function matrixRows(rows: GraphRows, state: MatrixState): MatrixRows {
  const { graph } = rows;
  const numeric = state.columns.filter((column) => column.kind === 'numeric');
  const withValue = numeric.filter(({ hasValue }) => hasValue);
  const withFlag = numeric.filter(({ hasMissing }) => hasMissing);
  const coded = state.columns.filter((column) => column.kind === 'coded');
  const parts: Value[] = [];
  if (withValue.length > 0) parts.push(scaledNumbers(rows, withValue));
  if (withFlag.length > 0) {
    const names = withFlag.map(({ name }) => name);
    parts.push(graph.cast(graph.isMissing(numbersOf(rows, names)), 'float'));
  }
  for (const column of coded) if (widthOf(column) > 0) parts.push(levelFlags(rows, column));
  const order = placesOf(state, withValue.length, withFlag.length);
  if (parts.length === 0) {
    const none = graph.constant({ type: 'float', shape: [1, 0], values: [] });
    return { value: graph.repeated(none, 0, rows.columns[0].value), width: 0 };
  }
  return { value: graph.columnsAt(graph.concat(parts), order), width: order.length };
}

const widthOf = ({ levels, joined, hasMissing }: CodedState): number =>
  levels.length + (joined.length > 0 ? 1 : 0) + (hasMissing ? 1 : 0);

/** Where each column of the matrix stands among all values, then all flags of missing numbers, then all levels. */
function placesOf({ columns }: MatrixState, values: number, flags: number): number[] {
  const places: number[] = [];
  let [value, flag, level] = [0, values, values + flags];
  for (const column of columns) {
    if (column.kind === 'coded') for (let i = 0; i < widthOf(column); i++) places.push(level++);
    else {
      if (column.hasValue) places.push(value++);
      if (column.hasMissing) places.push(flag++);
    }
  }
  return places;
}

function scaledNumbers(rows: GraphRows, columns: readonly NumericState[]): Value {
  const { graph } = rows;
  const line = (of: (column: NumericState) => number) => graph.row(columns.map(of));
  const raw = numbersOf(
    rows,
    columns.map(({ name }) => name),
  );
  const filled = graph.where(
    graph.isMissing(raw),
    line(({ median }) => median),
    raw,
  );
  const scaled = graph.divide(
    graph.subtract(
      filled,
      line(({ center }) => center),
    ),
    line(({ scale }) => scale),
  );
  const bounded = graph.clip(scaled, -bound, bound);
  if (columns.every(({ limit }) => !limit)) return graph.cast(bounded, 'float');
  const share = graph.divide(
    bounded,
    line(({ limit }) => limit ?? Number.POSITIVE_INFINITY),
  );
  const bent = graph.divide(bounded, graph.node('Sqrt', [graph.add(graph.multiply(share, share), 1)]));
  return graph.cast(bent, 'float');
}

/** [rows x levels, joined ones and missing] */
function levelFlags(rows: GraphRows, column: CodedState): Value {
  const { graph } = rows;
  const width = widthOf(column);
  const places = new Map(column.levels.map((level, i) => [level, i]));
  for (const level of column.joined) places.set(level, column.levels.length);
  const codes = placesIn(rows, column.name, places, column.hasMissing ? width - 1 : width, width);
  const flags = new Float32Array((width + 1) * width);
  for (let i = 0; i < width; i++) flags[i * width + i] = 1;
  return graph.linesAt(graph.matrix(flags, width + 1, width, 'float'), codes, width);
}
