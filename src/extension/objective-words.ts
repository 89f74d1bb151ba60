import type { Objective } from '../shared/experiment/experiment.ts';
import { metricInSentence } from '../shared/metric-in-sentence.ts';
import { metricInfo } from '../shared/metrics.ts';
import { notMeasured, numberWords } from '../shared/results/numbers.ts';

/** 'log loss 0.0348', 'energy 0.12 Wh' */
export function objectiveWords({ metric }: Objective, value: number | null | undefined): string {
  const { unit } = metricInfo(metric);
  const words = numberWords(value);
  return `${metricInSentence(metric)} ${words}${unit && words !== notMeasured ? ` ${unit}` : ''}`;
}
