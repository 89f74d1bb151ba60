import type { Direction } from '../../../shared/metrics.ts';
import type { Intermediate, Trial } from '../../../shared/trial.ts';
import { meansOverFolds } from '../pruner.ts';
import { toMinimize } from '../ranking.ts';

/** The first report at or after a step; steps rise, so it is found by halving. */
export function reportFrom(reports: readonly Intermediate[], step: number): Intermediate | undefined {
  let low = 0;
  let high = reports.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reports[middle].step < step) low = middle + 1;
    else high = middle;
  }
  return reports[low];
}

/** The report at this very step. */
export function reportAt(reports: readonly Intermediate[], step: number): Intermediate | undefined {
  const found = reportFrom(reports, step);
  return found?.step === step ? found : undefined;
}

/**
 * What a trial would end with if it ended at a step (default: its last), smaller is better: the best so far of a training, the newest of
 * means over folds. It must have reported something by then.
 */
export function standingOf(trial: Trial, direction: Direction, step?: number): number {
  if (step !== undefined) return standingAt(trial, direction, step);
  const known = standings[direction].get(trial);
  if (known !== undefined) return known;
  const standing = standingAt(trial, direction, Number.POSITIVE_INFINITY);
  standings[direction].set(trial, standing);
  return standing;
}

/** How snapshots of trials stand at their last step: a pruner asks it of all the others at each report. */
const standings = { minimize: new WeakMap<Trial, number>(), maximize: new WeakMap<Trial, number>() };

function standingAt({ intermediate, attributes }: Trial, direction: Direction, step: number): number {
  let standing = Number.POSITIVE_INFINITY;
  for (const report of intermediate) {
    if (report.step > step) break;
    const loss = toMinimize(report.value, direction);
    standing = attributes.curve === meansOverFolds ? loss : Math.min(standing, loss);
  }
  return standing;
}

export const lastStep = ({ intermediate }: Trial): number => intermediate[intermediate.length - 1].step;

/** Whether two trials' steps count the same. */
export const sameCurve = (one: Trial, other: Trial): boolean => one.attributes.curve === other.attributes.curve;

/** For words: four figures. */
export const shown = (value: number): number => Number(value.toPrecision(4));
