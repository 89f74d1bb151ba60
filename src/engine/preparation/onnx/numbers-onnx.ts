import { curveHeights } from '../../models/onnx/curve.ts';
import type { GraphBuilder, Value } from '../../models/onnx/graph-builder.ts';
import { type GraphColumn, noOnnx, numbersIn, numbersOf } from '../../models/onnx/graph-rows.ts';
import { isEmpty } from '../../models/onnx/word-rows.ts';
import { largest, type PowerState, bound as powerBound } from '../scales/power.ts';
import type { QuantileState } from '../scales/quantile-normal.ts';
import { limit, type RobustState } from '../scales/robust.ts';
import type { CombinationsState } from '../steps/combinations.ts';
import { type ComponentsState, bound as componentBound } from '../steps/components.ts';
import type { ImputationState } from '../steps/imputation.ts';
import type { ScalingState } from '../steps/scaling.ts';
import { normalQuantile } from './normal-quantile-onnx.ts';
import { type WriteStep, without, withReplaced } from './write-step.ts';

/** Missing cells filled, and columns that say where. */
export const imputationOnnx: WriteStep<ImputationState> = (rows, { columns }) => {
  const { graph } = rows;
  const made: GraphColumn[] = [];
  const flags: GraphColumn[] = [];
  for (const { name, fill, flag } of columns) {
    const column = rows.columns.find((candidate) => candidate.name === name);
    if (!column) throw new RangeError(`no column "${name}"`);
    const isText = column.value.type === 'string';
    const missing = isText ? isEmpty(graph, column.value) : graph.isMissing(column.value);
    const filling = isText
      ? graph.constant({ type: 'string', shape: [1, 1], values: [String(fill)] })
      : graph.row([Number(fill)]);
    made.push({ name, value: graph.where(missing, filling, column.value) });
    if (flag !== null) flags.push({ name: flag, value: graph.cast(missing, 'double') });
  }
  return [...withReplaced(rows, made), ...flags];
};

/** Numbers on another scale; missing ones stay missing. */
export const scalingOnnx: WriteStep<ScalingState> = (rows, { kind, columns }) => {
  const { graph } = rows;
  const scaled = (value: Value, state: unknown): Value => {
    if (kind === 'robust') return robust(graph, value, state as RobustState);
    if (kind === 'power') return power(graph, value, state as PowerState);
    if (kind === 'quantile') return quantile(graph, value, state as QuantileState);
    throw noOnnx(`the scale "${kind}"`);
  };
  return withReplaced(
    rows,
    columns.map(({ name, state }) => {
      const numbers = numbersIn(rows, name);
      return { name, value: graph.where(graph.isMissing(numbers), Number.NaN, scaled(numbers, state)) };
    }),
  );
};

function robust(graph: GraphBuilder, value: Value, { center, spread }: RobustState): Value {
  const z = graph.clip(graph.divide(graph.subtract(value, center), spread), -1e150, 1e150);
  const share = graph.divide(z, limit);
  return graph.divide(z, graph.node('Sqrt', [graph.add(graph.multiply(share, share), 1)]));
}

/** Equation 2.1 of Yeo and Johnson 2000. */
function power(graph: GraphBuilder, value: Value, { lambda, mean, deviation }: PowerState): Value {
  const above = bent(graph, graph.clip(value, 0, largest), lambda);
  const below = graph.multiply(bent(graph, graph.clip(graph.multiply(value, -1), 0, largest), 2 - lambda), -1);
  const both = graph.where(graph.isAtLeast(value, 0), above, below);
  return graph.clip(graph.divide(graph.subtract(both, mean), deviation), -powerBound, powerBound);
}

function bent(graph: GraphBuilder, value: Value, lambda: number): Value {
  const logarithm = graph.node('Log', [graph.add(value, 1)]);
  if (Math.abs(lambda) < 1e-12) return logarithm;
  return graph.divide(graph.subtract(graph.node('Exp', [graph.multiply(logarithm, lambda)]), 1), lambda);
}

function quantile(graph: GraphBuilder, value: Value, { values, shares, least }: QuantileState): Value {
  return normalQuantile(graph, graph.clip(curveHeights(graph, values, shares, value), least, 1 - least));
}

const operators = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide' } as const;

/** Two numbers as one, missing where that is not finite. */
export const combinationsOnnx: WriteStep<CombinationsState> = (rows, { combinations }) => {
  const { graph } = rows;
  const made = combinations.map(({ left, operation, right, output }) => {
    const value = graph[operators[operation]](numbersIn(rows, left), numbersIn(rows, right));
    return { name: output, value: graph.where(graph.node('IsInf', [value], {}, 'bool'), Number.NaN, value) };
  });
  return [...rows.columns, ...made];
};

/** Principal components in the place of the numbers. */
export const componentsOnnx: WriteStep<ComponentsState> = (rows, { columns, directions, outputs }) => {
  const { graph } = rows;
  const names = columns.map(({ name }) => name);
  const numbers = numbersOf(rows, names);
  const centred = graph.subtract(numbers, graph.row(columns.map(({ mean }) => mean)));
  const standard = graph.divide(centred, graph.row(columns.map(({ deviation }) => deviation)));
  const bounded = graph.clip(standard, -componentBound, componentBound);
  const filled = graph.where(graph.isMissing(numbers), 0, bounded);
  const kernel = columns.flatMap((_, j) => directions.map((direction) => direction[j]));
  const sums = graph.matMul(filled, graph.matrix(kernel, columns.length, directions.length));
  return [...without(rows, names), ...outputs.map((name, c) => ({ name, value: graph.columnsAt(sums, [c]) }))];
};
