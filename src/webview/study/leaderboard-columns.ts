import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { secondsWords } from '../../shared/results/numbers.ts';
import type { LeaderboardRow, StudySnapshot } from '../../shared/results/study.ts';
import { wattHoursWords } from '../components/amounts.ts';
import { metricInfo, valueWords } from './objective.ts';

/** One number of a row; null where it was not measured. The first column is the one that ranks. */
export interface LeaderboardColumn {
  readonly title: string;
  readonly hint: string;
  /** Said before the number where there is no heading over it. */
  readonly prefix: string;
  words(row: LeaderboardRow): string | null;
}

/** Objectives, the test part where anything was scored on it, time, and energy unless an objective says it already or another program searched, which measured none. */
export function leaderboardColumns({ objectives, leaderboard, run }: StudySnapshot): readonly LeaderboardColumn[] {
  const values = objectives.map(({ metric }, at): LeaderboardColumn => {
    const { title, words: hint } = metricInfo(metric);
    return {
      title,
      hint,
      prefix: `${metricInSentence(metric)} `,
      words: ({ values }) => valueWords(metric, values[at]),
    };
  });
  const first = objectives[0]?.metric;
  const test: LeaderboardColumn = {
    title: 'Test',
    hint: 'The first objective on the test part, which the search never saw; only the trials that it ends with are scored on it.',
    prefix: 'test ',
    words: ({ testMetrics }) => (testMetrics?.[first] === undefined ? null : valueWords(first, testMetrics[first])),
  };
  const time: LeaderboardColumn = {
    title: 'Time',
    hint: 'Seconds that the trial took.',
    prefix: '',
    words: ({ seconds }) => secondsWords(seconds),
  };
  const energy: LeaderboardColumn = {
    title: 'Energy',
    hint: 'Energy of the trial.',
    prefix: '',
    words: ({ wattHours }) => (wattHours === null ? null : wattHoursWords(wattHours)),
  };
  const tested = leaderboard.some(({ testMetrics }) => testMetrics?.[first] !== undefined);
  const isTold = run === 'imported' || objectives.some(({ metric }) => metric === 'energy');
  return [...values, ...(tested ? [test] : []), time, ...(isTold ? [] : [energy])];
}
