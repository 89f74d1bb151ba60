import { secondsWords } from '../../shared/results/numbers.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { scoreWords } from '../components/amounts.ts';

/** 'Improved 6 times, from 0.6931 to 0.0423; the last time at trial 17 of 40, after 12 s.' */
export function bestSoFarWords({ bestSoFar, points, objectives }: StudySnapshot): string {
  const first = bestSoFar[0];
  const last = bestSoFar.at(-1);
  if (!first || !last || !objectives[0]) return '';
  const of = points.reduce((latest, { trial }) => Math.max(latest, trial), 0);
  if (bestSoFar.length === 1)
    return `The first trial with a value, ${first.trial}, is still the best: ${scoreWords(first.value)}.`;
  const times = bestSoFar.length === 2 ? 'once' : `${bestSoFar.length - 1} times`;
  const range = `from ${scoreWords(first.value)} to ${scoreWords(last.value)}`;
  return `Improved ${times}, ${range}; last at trial ${last.trial} of ${of}${last.seconds === null ? '' : `, after ${secondsWords(last.seconds)}`}.`;
}
