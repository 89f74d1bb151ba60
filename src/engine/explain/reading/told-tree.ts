import type { ToldNode, TreeShape } from '../../../shared/results/model-reading.ts';
import { conditionWords, type ReadCondition } from '../../../shared/results/read-condition.ts';
import type { Table } from '../../data/table.ts';
import type { ReadNode, TreeReading } from '../../models/readable.ts';
import { leavesOf } from './reading-predictions.ts';
import { rounded } from './told-weights.ts';

export interface TreeColumns {
  /** Columns whose numbers are dates. */
  readonly dates: ReadonlySet<string>;
  /** Columns that never lacked a value: where their missing cells would go is not told. */
  readonly complete: ReadonlySet<string>;
}

/** The tree down to the depth at which it has at most `most` nodes; what lies deeper is folded into its last nodes. rows: whose ends are told. */
export function toldTree(reading: TreeReading, rows: Table, columns: TreeColumns, most: number): TreeShape {
  const { nodes } = reading;
  const depth = depths(nodes);
  const deepest = depth.reduce((a, b) => Math.max(a, b), 0);
  let drawnDepth = deepest;
  while (drawnDepth > 0 && countUpTo(depth, drawnDepth) > most) drawnDepth--;
  const drawn = [...nodes.keys()].filter((node) => depth[node] <= drawnDepth);
  const placeOf = new Map(drawn.map((node, place) => [node, place]));
  const leaves = leavesBelow(nodes);
  const told = drawn.map((node): ToldNode => {
    const { split, rows: count, prediction } = nodes[node];
    const own = { rows: count, prediction: prediction.map(rounded) };
    if (!split) return own;
    if (depth[node] === drawnDepth) return { ...own, folded: leaves[node] };
    const test = quiet(split.condition, columns);
    const words = conditionWords(test);
    return { ...own, split: { words, test, yes: placeOf.get(split.left)!, no: placeOf.get(split.right)! } };
  });
  const drawnOf = drawnEnds(nodes, depth, drawnDepth);
  const endOfRow = Array.from(leavesOf(reading, rows), (leaf) => placeOf.get(drawnOf[leaf])!);
  return { kind: 'tree', nodes: told, leaves: leaves[0], depth: deepest, drawnDepth, endOfRow };
}

function quiet(condition: ReadCondition, { dates, complete }: TreeColumns): ReadCondition {
  if (condition.kind === 'missing') return condition;
  const missing = complete.has(condition.column) ? condition.kind === 'levels' && condition.isNot : condition.missing;
  if (condition.kind === 'levels') return { ...condition, missing };
  return { ...condition, missing, ...(dates.has(condition.column) && { date: true }) };
}

/** Children stand after their parents. */
function depths(nodes: readonly ReadNode[]): number[] {
  const depth = nodes.map(() => 0);
  nodes.forEach(({ split }, node) => {
    if (split) for (const child of [split.left, split.right]) depth[child] = depth[node] + 1;
  });
  return depth;
}

const countUpTo = (depth: readonly number[], limit: number): number => depth.filter((each) => each <= limit).length;

function leavesBelow(nodes: readonly ReadNode[]): number[] {
  const leaves = nodes.map(() => 1);
  for (let node = nodes.length - 1; node >= 0; node--) {
    const { split } = nodes[node];
    if (split) leaves[node] = leaves[split.left] + leaves[split.right];
  }
  return leaves;
}

/** [nodes] the drawn node that each lies in. */
function drawnEnds(nodes: readonly ReadNode[], depth: readonly number[], drawnDepth: number): number[] {
  const ends = nodes.map((_, node) => node);
  nodes.forEach(({ split }, node) => {
    if (split && depth[node] >= drawnDepth) for (const child of [split.left, split.right]) ends[child] = ends[node];
  });
  return ends;
}
