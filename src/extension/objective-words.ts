import type { Objective } from '../shared/experiment/experiment.ts';
import { type MetricInfo, metrics } from '../shared/metrics.ts';
import { notMeasured, numberWords } from '../shared/results/numbers.ts';

/** 'Log loss 0.0348', 'Energy 0.12 Wh' */
export function objectiveWords({ metric }: Objective, value: number | null | undefined): string {
  const { title, unit }: MetricInfo = metrics[metric];
  const words = numberWords(value);
  return `${title} ${words}${unit && words !== notMeasured ? ` ${unit}` : ''}`;
}
