import type { Objective } from '../../shared/experiment/experiment.ts';
import { metricInfo } from '../../shared/metrics.ts';
import { notMeasured, numberWords, secondsWords } from '../../shared/results/numbers.ts';
import { bytesWords, gramsWords, scoreWords, wattHoursWords } from '../components/amounts.ts';

export { metricInfo };

/** 'Energy (Wh)' */
export function metricTitle(name: string): string {
  const { title, unit } = metricInfo(name);
  return unit ? `${title} (${unit})` : title;
}

export const better = (objective: Objective): string =>
  objective.direction === 'minimize' ? 'lower is better' : 'higher is better';

const wordsOf: Readonly<Partial<Record<string, (value: number) => string>>> = {
  energy: wattHoursWords,
  co2: gramsWords,
  fit_time: secondsWords,
  latency: (milliseconds) => `${numberWords(milliseconds)} ms`,
  model_size: bytesWords,
};

/** A metric's value with the unit that suits its size. */
export const valueWords = (metric: string, value: number | null | undefined): string =>
  value === null || value === undefined ? notMeasured : (wordsOf[metric] ?? scoreWords)(value);
