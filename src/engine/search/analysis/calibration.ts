import type { Foretold, SearchCalibration } from '../../../shared/results/search-calibration.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { mean } from '../../statistics/mean.ts';
import { correlation, ranks } from '../../statistics/rank-correlation.ts';
import type { StudyView } from '../study-view.ts';

/** Fewer say nothing of an order. */
const fewestForOrder = 3;

/**
 * The search's predictions against the truth: what each sampler foretold when it suggested a trial, in its record, and what the trial
 * then gave. Trials without a prediction (random ones, say) or without a value are not among them.
 */
export function calibrationOf({ trials }: StudyView, objective: string): SearchCalibration {
  const points = trials.flatMap(({ number, state, values, why }): Foretold[] => {
    const measured = values?.[0];
    if (state !== 'complete' || measured === undefined || !Number.isFinite(measured) || !why.prediction) return [];
    const { value: predicted, low, high } = why.prediction;
    const inside = measured >= low && measured <= high;
    return [{ trial: number, sampler: why.sampler, predicted, low, high, measured, inside }];
  });
  const held = points.filter(({ inside }) => inside).length;
  const any = points.length > 0;
  return {
    kind: 'search-calibration',
    objective,
    points,
    promised: 0.9,
    coverage: any ? held / points.length : null,
    interval: any ? clopperPearson(held, points.length) : null,
    bias: any ? mean(points.map(({ measured, predicted }) => measured - predicted)) : null,
    correlation: correlationOf(points),
  };
}

function correlationOf(points: readonly Foretold[]): number | null {
  const [predicted, measured] = [points.map((point) => point.predicted), points.map((point) => point.measured)];
  if (points.length < fewestForOrder || new Set(predicted).size === 1 || new Set(measured).size === 1) return null;
  return correlation(ranks(predicted), ranks(measured));
}
