import type { Constraint } from '../../shared/experiment/constraint.ts';
import { bytesWords } from '../../shared/experiment/quantity.ts';
import { type MetricInfo, type Metrics, metrics } from '../../shared/metrics.ts';
import type { Trial } from '../../shared/trial.ts';

/**
 * The constraints that a trial breaks, each with what was measured: 'model_size <= 1MB, but 2.3MB'; of another program's study, which does not
 * say what they are, 'constraint 2 <= 0, but 0.8'.
 */
export const brokenConstraints = (constraints: readonly Constraint[], trial: Trial, measured: Metrics): string[] =>
  (trial.constraints ?? []).flatMap((value, i) => {
    if (!(value > 0)) return [];
    const declared = constraints[i];
    return declared
      ? [`${declared.words}, but ${amountWords(declared.metric, measured[declared.metric])}`]
      : [`constraint ${i + 1} <= 0, but ${Number(value.toPrecision(3))}`];
  });

function amountWords(metric: Constraint['metric'], value: number | undefined): string {
  const { unit }: MetricInfo = metrics[metric];
  if (value === undefined) return 'not measured';
  if (unit === 'bytes') return bytesWords(value);
  return `${Number(value.toPrecision(3))}${unit ? ` ${unit}` : ''}`;
}
