/** Probabilities [rows x classes] of scores [outputs x rows]: one output for two classes (log odds), else one a class (softmax). */
export function probabilitiesOf(scores: Float64Array, classes: number): Float64Array {
  const outputs = classes === 2 ? 1 : classes;
  const rows = scores.length / outputs;
  const values = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const p = values.subarray(row * classes, (row + 1) * classes);
    // Two classes are a softmax over 0 and the log odds.
    for (let k = classes - outputs, at = row; k < classes; k++, at += rows) p[k] = scores[at];
    softmax(p);
  }
  return values;
}

function softmax(scores: Float64Array): void {
  const most = scores.reduce((a, b) => Math.max(a, b));
  let total = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(scores[k] - most);
    total += scores[k];
  }
  for (let k = 0; k < scores.length; k++) scores[k] /= total;
}
