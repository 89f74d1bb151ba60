import { binRows, memberships } from '../../models/onnx/bin-rows.ts';
import type { Value } from '../../models/onnx/graph-builder.ts';
import { fromScores, unscaled } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import { holds } from './rule.ts';
import type { RulesState } from './rule-texts.ts';

/** Conditions as 0 or 1, then how many of a rule's hold; where all do, its weights are added. */
export const rulesOnnx: WriteOnnx<RulesState> = (rows, state, _, { outputs }) => {
  const { graph } = rows;
  const { columns, classes, start, rules, mean, deviation } = state;
  const biases = graph.row(start);
  const conditions = rules.flatMap((rule, r) => rule.conditions.map((condition) => ({ condition, r })));
  const sorted = columns.flatMap((_, c) => conditions.filter(({ condition }) => condition.column === c));
  let scores = graph.repeated(biases, start.length, rows.columns[0].value);
  if (sorted.length > 0) {
    const bins = binRows(rows, columns);
    const parts = columns.flatMap((column, c): Value[] => {
      const own = sorted.filter(({ condition }) => condition.column === c);
      if (own.length === 0) return [];
      return [memberships(rows, column, bins[c], own.length, (i, bin) => holds(own[i].condition, bin))];
    });
    const ofRule = new Float32Array(sorted.length * rules.length);
    sorted.forEach(({ r }, i) => {
      ofRule[i * rules.length + r] = 1;
    });
    const held = graph.matMul(graph.concat(parts), graph.matrix(ofRule, sorted.length, rules.length, 'float'));
    const needed = graph.row(
      rules.map(({ conditions }) => conditions.length - 0.5),
      'float',
    );
    const covered = graph.cast(graph.isGreater(held, needed), 'double');
    const weights = graph.matrix(
      rules.flatMap((rule) => [...rule.weights]),
      rules.length,
      start.length,
    );
    scores = graph.add(graph.matMul(covered, weights), biases);
  }
  if (!classes) return unscaled(graph, scores, mean, deviation);
  return fromScores(graph, scores, outputs, start.length);
};
