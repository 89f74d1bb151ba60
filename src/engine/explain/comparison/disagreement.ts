import type { Disagreement, Rightness } from '../../../shared/results/model-comparison.ts';
import type { Dataset } from '../../data/dataset.ts';
import { mostProbable } from '../../metrics/classification.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { mean } from '../../statistics/mean.ts';
import { correlation } from '../../statistics/rank-correlation.ts';
import { signTest } from '../../statistics/sign-test.ts';
import type { BothPredictions } from './compare-models.ts';

/** Two models on the rows of a sample. */
export interface Compared {
  readonly sample: Dataset;
  /** [rows] position of each in the part. */
  readonly places: Uint32Array;
  readonly both: BothPredictions;
  /** [rows] */
  readonly distances: Float64Array;
  /** [rows] each one's loss. */
  readonly losses: { readonly first: Float64Array; readonly second: Float64Array };
  readonly classes?: readonly string[];
}

/** Of values, the share of the rows with the largest differences that is told of. */
const shareOfValues = 0.1;
const toldPairs = 5;

/**
 * [rows] how far apart two predictions are: the total variation distance, half the sum of the differences of probabilities, which is the most
 * that the probability of any set of classes differs by; of values the size of the difference.
 */
export function distancesOf({ first, second }: BothPredictions): Float64Array {
  const width = first.kind === 'probabilities' ? first.classCount : 1;
  const half = first.kind === 'probabilities' ? 0.5 : 1;
  return Float64Array.from({ length: first.values.length / width }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += Math.abs(first.values[row * width + k] - second.values[row * width + k]);
    return half * sum;
  });
}

/** On how many rows the two say something else, and who is right there. */
export function disagreementOf(compared: Compared): Disagreement {
  const { distances, both } = compared;
  const rows = distances.length;
  const differing = disagreeingRows(compared);
  const right = rightnessOf(compared, differing);
  const told = {
    distance: mean(distances),
    rows: differing.length,
    share: differing.length / rows,
    right,
    p: signTest(right.first, right.second),
  };
  const labels = labelsOf(both);
  if (!labels) return { ...told, correlation: correlation(both.first.values, both.second.values), pairs: [] };
  return {
    ...told,
    interval: clopperPearson(differing.length, rows),
    pairs: pairsOf(labels, differing, compared.classes ?? []),
  };
}

/** Rows that are given different classes; of values the tenth that differs the most, as far as they differ at all. */
export function disagreeingRows({ both, distances }: Compared): number[] {
  const labels = labelsOf(both);
  const all = [...distances.keys()];
  if (labels) return all.filter((row) => labels.first[row] !== labels.second[row]);
  return all
    .filter((row) => distances[row] > 0)
    .sort((a, b) => distances[b] - distances[a] || a - b)
    .slice(0, Math.ceil(shareOfValues * all.length));
}

/** How many times each is right, of values nearer to the truth. */
export function rightnessOf({ both, sample: { target }, losses }: Compared, rows: readonly number[]): Rightness {
  const labels = labelsOf(both);
  const count = (holds: (row: number) => boolean) => rows.filter(holds).length;
  if (!labels || target.kind !== 'classes') {
    const first = count((row) => losses.first[row] < losses.second[row]);
    const second = count((row) => losses.second[row] < losses.first[row]);
    return { first, second, neither: rows.length - first - second };
  }
  const first = count((row) => labels.first[row] === target.codes[row]);
  const second = count((row) => labels.second[row] === target.codes[row]);
  return { first, second, neither: rows.length - first - second };
}

/** Undefined of values. */
function labelsOf({ first, second }: BothPredictions) {
  if (first.kind === 'values' || second.kind === 'values') return undefined;
  return {
    first: mostProbable(first.values, first.classCount),
    second: mostProbable(second.values, second.classCount),
  };
}

function pairsOf(
  labels: NonNullable<ReturnType<typeof labelsOf>>,
  rows: readonly number[],
  classes: readonly string[],
): Disagreement['pairs'] {
  const groups = Map.groupBy(rows, (row) => labels.first[row] * classes.length + labels.second[row]);
  return [...groups]
    .map(([pair, own]) => ({
      first: classes[Math.floor(pair / classes.length)],
      second: classes[pair % classes.length],
      rows: own.length,
    }))
    .sort((a, b) => b.rows - a.rows)
    .slice(0, toldPairs);
}
