/** Which labels are likely wrong, by probabilities that were not learnt from them. */
export interface ConfidentLabels {
  /** [classes] mean probability of a class over the rows labelled so. */
  readonly thresholds: Float64Array;
  /** [classes x classes] rows of a label (across) that confidently belong to a class (down its row): counts[label][class]. */
  readonly counts: readonly Float64Array[];
  /** Rows counted under another class than their label, the least believable label first. */
  readonly suspects: readonly number[];
  /** [rows] probability of the label less that of the best other class: the lower, the less believable. */
  readonly margins: Float64Array;
}

/**
 * Confident learning (Northcutt, Jiang and Chuang 2021, equations 1 and 2): a row counts for (label, class) where its probability of the
 * class reaches what rows labelled so have on average; of several such classes the most likely.
 * @param labels [rows]
 * @param probabilities [rows x classes], of models that were not fitted on the row; rows with NaN are left out
 */
export function confidentLabels(labels: Int32Array, probabilities: Float64Array, classes: number): ConfidentLabels {
  const known = Array.from(labels.keys()).filter((row) => !Number.isNaN(probabilities[row * classes]));
  const thresholds = meanOfOwn(labels, probabilities, classes, known);
  const counts = Array.from({ length: classes }, () => new Float64Array(classes));
  const margins = new Float64Array(labels.length).fill(Number.NaN);
  const suspects: number[] = [];
  for (const row of known) {
    const own = probabilities[row * classes + labels[row]];
    let [best, other] = [-1, 0];
    for (let k = 0; k < classes; k++) {
      const p = probabilities[row * classes + k];
      if (k !== labels[row]) other = Math.max(other, p);
      if (p >= thresholds[k] - 1e-6 && (best < 0 || p > probabilities[row * classes + best])) best = k;
    }
    margins[row] = own - other;
    if (best < 0) continue;
    counts[labels[row]][best]++;
    if (best !== labels[row]) suspects.push(row);
  }
  return { thresholds, counts, suspects: suspects.sort((a, b) => margins[a] - margins[b] || a - b), margins };
}

/** Infinite for a class that labels no row: nothing can belong to it. */
function meanOfOwn(labels: Int32Array, probabilities: Float64Array, classes: number, known: readonly number[]) {
  const [sums, rows] = [new Float64Array(classes), new Float64Array(classes)];
  for (const row of known) {
    sums[labels[row]] += probabilities[row * classes + labels[row]];
    rows[labels[row]]++;
  }
  return sums.map((sum, k) => (rows[k] > 0 ? sum / rows[k] : Number.POSITIVE_INFINITY));
}

/** Share of wrong labels: what stands off the diagonal once each label's counts are made to add up to its rows (equation 3). */
export function noiseShare({ counts }: ConfidentLabels, labels: Int32Array): number {
  const rows = new Float64Array(counts.length);
  for (const label of labels) rows[label]++;
  let wrong = 0;
  for (const [label, row] of counts.entries()) {
    const total = row.reduce((a, b) => a + b, 0);
    if (total > 0) wrong += ((total - row[label]) / total) * rows[label];
  }
  return wrong / labels.length;
}
