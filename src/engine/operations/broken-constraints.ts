import type { Constraint } from '../../shared/experiment/constraint.ts';
import { bytesWords } from '../../shared/experiment/quantity.ts';
import { metricInfo } from '../../shared/metrics.ts';
import { intervalWords } from '../../shared/results/numbers.ts';
import type { Trial } from '../../shared/trial.ts';
import type { TrialOutcome } from '../store/records.ts';

/**
 * The constraints that a trial breaks, each with what was measured: 'model_size <= 1MB, but 2.3MB', 'fairness(sex) <= 0.05, but 0.12 (0.08 to
 * 0.16)'; of another program's study, which does not say what they are, 'constraint 2 <= 0, but 0.8'.
 */
export const brokenConstraints = (
  constraints: readonly Constraint[],
  trial: Trial,
  outcome: Pick<TrialOutcome, 'metrics' | 'fairness'>,
): string[] =>
  (trial.constraints ?? []).flatMap((value, i) => {
    if (!(value > 0)) return [];
    const declared = constraints[i];
    return declared
      ? [`${declared.words}, but ${amountWords(declared.metric, outcome)}`]
      : [`constraint ${i + 1} <= 0, but ${Number(value.toPrecision(3))}`];
  });

function amountWords(
  metric: Constraint['metric'],
  { metrics, fairness = [] }: Pick<TrialOutcome, 'metrics' | 'fairness'>,
): string {
  const { unit } = metricInfo(metric);
  const value = metrics[metric];
  if (value === undefined) return 'not measured';
  if (unit === 'bytes') return bytesWords(value);
  const interval = fairness.find((one) => one.metric === metric)?.interval;
  return `${Number(value.toPrecision(3))}${unit ? ` ${unit}` : ''}${interval ? ` (${intervalWords(interval)})` : ''}`;
}
