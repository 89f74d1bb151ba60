import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import type { FairnessFront, FairTrial } from '../../shared/results/fairness-front.ts';
import { intervalWords, numberWords } from '../../shared/results/numbers.ts';
import { scoreWords } from '../components/amounts.ts';
import { metricTitle } from '../study/objective.ts';
import { type Dataset, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import type { LearnerMark } from './learner-marks.ts';
import { scatterOptions } from './scatter-options.ts';

/** How a trial was fitted or decides; the shape alone tells them apart. */
export const fairnessMarks = {
  plain: { shape: 'circle', color: 'blue' },
  reweighted: { shape: 'triangle', color: 'purple' },
  thresholds: { shape: 'rectRot', color: 'orange' },
} as const satisfies Readonly<Record<string, LearnerMark>>;
export type FairnessMark = keyof typeof fairnessMarks;

export const fairnessMark = ({ reweighted, thresholds }: FairTrial): FairnessMark =>
  thresholds ? 'thresholds' : reweighted ? 'reweighted' : 'plain';

/** Trials by how far apart they treat groups and what they are worth; the front as a line, the bound upright. */
export const fairnessFrontChart =
  (front: FairnessFront, openTrial: ((trial: number) => void) | null): BuildChart =>
  (theme) => {
    const { trials, limit, objective } = front;
    const kinds = Object.keys(fairnessMarks) as FairnessMark[];
    const groups = kinds.map((kind) => trials.filter((trial) => fairnessMark(trial) === kind));
    const values = trials.map(({ value }) => value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const clouds = groups.map((group, k): Dataset => {
      const { shape, color } = fairnessMarks[kinds[k]];
      const ink = theme.colors[color];
      return {
        type: 'scatter',
        label: kinds[k],
        data: group.map(({ difference, value }) => ({ x: difference, y: value })),
        pointStyle: shape,
        pointRadius: group.map(({ onFront }) => (onFront ? 6 : 4)),
        pointHoverRadius: 8,
        clip: 8,
        pointBorderColor: ink,
        pointBackgroundColor: group.map(({ onFront }) => (onFront ? ink : 'transparent')),
        pointBorderWidth: 1.5,
      };
    });
    const along: Dataset = {
      ...quietLine,
      label: 'front',
      data: trials.filter(({ onFront }) => onFront).map(({ difference, value }) => ({ x: difference, y: value })),
      stepped: 'before',
      borderColor: theme.colors.blue,
      borderWidth: 1.5,
    };
    const bound: Dataset = {
      ...quietLine,
      label: 'bound',
      data: [
        { x: limit, y: low },
        { x: limit, y: high },
      ],
      borderColor: theme.colors.red,
      borderDash: [5, 4],
      borderWidth: 1.5,
    };
    const name = metricInSentence(objective.metric);
    const at = ({ datasetIndex, index }: { datasetIndex: number; index: number }) => groups[datasetIndex]?.[index];
    const options = scatterOptions(theme, {
      x: { title: 'difference between groups', min: 0, words: (value) => numberWords(value, 2) },
      y: { title: metricTitle(objective.metric), grid: true },
      told: (place) => {
        const trial = at(place);
        if (!trial) return null;
        const { difference, interval, value, learner } = trial;
        return {
          title: `Trial ${trial.trial}, ${learner}`,
          lines: [
            `${name} ${scoreWords(value)}`,
            `difference ${numberWords(difference, 2)}${interval ? ` (${intervalWords(interval)})` : ''}`,
            ...(trial.reweighted ? ['on reweighted rows'] : []),
            ...(trial.thresholds ? ['a threshold for each group'] : []),
          ],
        };
      },
      onOpen: (place) => {
        const trial = at(place);
        if (trial) openTrial?.(trial.trial);
      },
    });
    return { type: 'scatter', data: { datasets: [...clouds, along, bound] }, options };
  };
