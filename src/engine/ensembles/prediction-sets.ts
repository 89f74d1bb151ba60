import type { Target } from '../data/dataset.ts';
import { mostProbable } from '../metrics/classification.ts';
import { conformalQuantile } from './conformal-quantile.ts';
import { coverages, type PredictionSets, setCoverage } from './coverage.ts';
import type { PredictedRows, PromiseKind } from './promise-kind.ts';

/** For each of `coverages` the largest 1 - p of a class that is still in a set; null: any. Plain JSON. */
export interface SetState {
  readonly largest: readonly (number | null)[];
}

/** Sets of classes: the least ambiguous ones (Sadinle, Lei and Wasserman 2019), which are the smallest on average. */
export const predictionSets: PromiseKind<SetState> = {
  name: 'sets',
  target: 'classes',
  async make({ prediction, target }) {
    const codes = codesOf(target);
    return { largest: coverages.map((level) => widened(largestScore(prediction.values, codes, 1 - level))) };
  },
  restore({ largest }) {
    const setsAt = (at: number, { prediction }: PredictedRows, classCount: number) =>
      setsWithin(largest[at], prediction.values, classCount);
    return {
      check(rows, target) {
        const codes = codesOf(target);
        const classCount = rows.prediction.values.length / codes.length;
        return coverages.map((_, at) => setCoverage(setsAt(at, rows, classCount), codes));
      },
      columns(rows, level, classes) {
        const { member, classCount } = setsAt(coverages.indexOf(level), rows, classes.length);
        const of = (row: number) => classes.filter((_, k) => member[row * classCount + k] === 1);
        return [{ name: `set_${Math.round(100 * level)}`, cell: (row) => of(row).join('|') }];
      },
      held(rows, level, classes) {
        const { member, classCount } = setsAt(coverages.indexOf(level), rows, classes.length);
        return Array.from({ length: rows.features.rowCount }, (_, row) => ({
          kind: 'set',
          share: level,
          classes: classes.filter((_, k) => member[row * classCount + k] === 1),
        }));
      },
    };
  },
};

/**
 * What a class of a row may differ from certainty by, so that its sets miss the truth in a share alpha of rows at most.
 * @param probabilities [rows x classes] of rows that were not fitted on
 * @param codes [rows]
 */
export function largestScore(probabilities: Float64Array, codes: Int32Array, alpha: number): number | null {
  const classCount = probabilities.length / codes.length;
  const own = Float64Array.from(codes, (code, row) => 1 - probabilities[row * classCount + code]);
  return conformalQuantile(own, alpha);
}

/**
 * The probabilities of a model that is fitted anew, or of several folds' models averaged, are not those that the sets were learnt from;
 * where two classes are as likely as the limit allows, a thousandth decides whether a set has one of them or both.
 */
const slack = 0.01;
const widened = (limit: number | null): number | null => limit && limit + slack;

/** The classes of each row within the limit; the most probable one is always among them, so that no set is empty. */
export function setsWithin(limit: number | null, probabilities: Float64Array, classCount: number): PredictionSets {
  const member = Uint8Array.from(probabilities, (p) => (limit === null || 1 - p <= limit ? 1 : 0));
  mostProbable(probabilities, classCount).forEach((label, row) => {
    member[row * classCount + label] = 1;
  });
  return { member, classCount };
}

function codesOf(target: Target): Int32Array {
  if (target.kind !== 'classes') throw new RangeError('sets are of classes');
  return target.codes;
}
