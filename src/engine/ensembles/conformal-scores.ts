import type { Random } from '../random.ts';

/** How strange a class is for a row; plain JSON. */
export type SetScore =
  /** Least ambiguous classes (Sadinle, Lei and Wasserman 2019): 1 - p. The smallest sets on average. */
  | { readonly kind: 'lac' }
  /**
   * Adaptive (Romano, Sesia and Candes 2020): the probability of all classes above this one, and a share of its own. Larger sets for
   * harder rows.
   */
  | { readonly kind: 'aps' }
  /** Regularised adaptive (Angelopoulos et al. 2021): and a penalty for each rank beyond `rank`. */
  | { readonly kind: 'raps'; readonly penalty: number; readonly rank: number };

/**
 * The score of every class of every row; lower belongs. With chance, a class's own probability counts by a uniform share of it, one
 * draw a row; without it not at all, so that the most probable class has the least score there is: were it to count in full, the rows
 * that a model is surest of would be left without a class.
 * @param probabilities [rows x classes]
 * @returns [rows x classes]
 */
export function setScores(
  score: SetScore,
  probabilities: Float64Array,
  classCount: number,
  random?: Random,
): Float64Array {
  if (score.kind === 'lac') return probabilities.map((p) => 1 - p);
  const scores = new Float64Array(probabilities.length);
  for (let base = 0; base < scores.length; base += classCount) {
    const own = probabilities.subarray(base, base + classCount);
    const order = Array.from(own.keys()).sort((i, j) => own[j] - own[i]);
    const share = random ? random.uniform() : 0;
    let above = 0;
    order.forEach((k, rank) => {
      const penalty = score.kind === 'raps' ? score.penalty * Math.max(0, rank + 1 - score.rank) : 0;
      scores[base + k] = above + share * own[k] + penalty;
      above += own[k];
    });
  }
  return scores;
}
