import type { Constraint } from '../../shared/experiment/constraint.ts';
import { bytesWords } from '../../shared/experiment/quantity.ts';
import { type MetricInfo, type Metrics, metrics } from '../../shared/metrics.ts';
import type { Trial } from '../../shared/trial.ts';

/** The constraints that a trial breaks, each with what was measured: 'model_size <= 1MB, but 2.3MB'. */
export const brokenConstraints = (constraints: readonly Constraint[], trial: Trial, measured: Metrics): string[] =>
  constraints
    .filter((_, i) => (trial.constraints?.[i] ?? 0) > 0)
    .map(({ metric, words }) => `${words}, but ${amountWords(metric, measured[metric])}`);

function amountWords(metric: Constraint['metric'], value: number | undefined): string {
  const { unit }: MetricInfo = metrics[metric];
  if (value === undefined) return 'not measured';
  if (unit === 'bytes') return bytesWords(value);
  return `${Number(value.toPrecision(3))}${unit ? ` ${unit}` : ''}`;
}
