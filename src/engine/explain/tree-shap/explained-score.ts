import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Trees } from '../../models/tree-ensemble.ts';
import { softmax } from '../../numerics/softmax.ts';

/** Which score explains a class, and its sign: of two classes with one score, the first one's log odds are the second one's negative. */
export function treeScoreOf(
  { classes: scored }: Trees,
  classes: readonly string[] | undefined,
  index: number,
): { readonly score: number; readonly sign: 1 | -1 } {
  if (!classes || !scored) return { score: 0, sign: 1 };
  if (scored.length === 1) return { score: 0, sign: classes[index] === scored[0] ? 1 : -1 };
  return { score: scored.indexOf(classes[index]), sign: 1 };
}

/** 'probability of yes', 'log odds of yes', 'score of Adelie before softmax', 'charges', 'logarithm of charges' */
export function scoreUnitOf({ scale, classes }: Trees, name: string | undefined, { target }: DatasetInfo): string {
  if (name === undefined) return scale === 'log values' ? `logarithm of ${target}` : target;
  if (scale === 'predictions') return `probability of ${name}`;
  return classes?.length === 1 ? `log odds of ${name}` : `score of ${name} before softmax`;
}

/** What the model makes of its scores: one probability a class, or the value. */
export function predictionOfScores({ scale, classes }: Trees, scores: readonly number[]): number[] {
  if (scale === 'predictions') return [...scores];
  if (scale === 'log values') return scores.map(Math.exp);
  const all = Float64Array.from(classes?.length === 1 ? [0, scores[0]] : scores);
  softmax(all, 0, all.length);
  return [...all];
}
