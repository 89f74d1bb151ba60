import type { ClassificationMetric } from './classification.ts';

/** As most papers have; fewer where there are fewer rows. */
const bins = 15;

/**
 * Expected calibration error (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017, equation 3): mean over rows of the distance between
 * how probable and how frequent, in bins of equally many rows (Nixon et al. 2019), equal probabilities in one bin. Two classes: of the
 * second; several: of the most probable class.
 */
export const calibrationError: ClassificationMetric = (probabilities, truth, classCount) => {
  const stated = new Float64Array(truth.length);
  const came = new Uint8Array(truth.length);
  for (let row = 0, base = 0; row < truth.length; row++, base += classCount) {
    let k = classCount === 2 ? 1 : 0;
    if (classCount > 2)
      for (let j = 1; j < classCount; j++) if (probabilities[base + j] > probabilities[base + k]) k = j;
    stated[row] = probabilities[base + k];
    came[row] = truth[row] === k ? 1 : 0;
  }
  return meanGap(stated, came);
};

function meanGap(stated: Float64Array, came: Uint8Array): number {
  const rows = stated.length;
  const order = Uint32Array.from(stated.keys()).sort((i, j) => stated[i] - stated[j]);
  let total = 0;
  let start = 0;
  for (let bin = 1; bin <= bins && start < rows; bin++) {
    let end = Math.max(start, Math.round((bin * rows) / bins));
    while (end > start && end < rows && stated[order[end]] === stated[order[end - 1]]) end++;
    let gap = 0;
    for (let i = start; i < end; i++) gap += stated[order[i]] - came[order[i]];
    total += Math.abs(gap);
    start = end;
  }
  return total / rows;
}
