import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import type { FrontTrial, SearchFront } from '../../shared/results/search-front.ts';
import type { SearchReplay } from '../../shared/results/search-replay.ts';
import { scoreWords } from '../components/amounts.ts';
import { metricTitle } from '../study/objective.ts';
import { type Dataset, quietLine } from './band.ts';
import { suitsLogarithm } from './best-so-far-chart.ts';
import type { BuildChart } from './chart.ts';
import type { LearnerMark } from './learner-marks.ts';
import { scatterOptions } from './scatter-options.ts';

/** The marks of the chart and of its legend. */
export const paretoMarks = {
  front: { shape: 'circle', color: 'blue' },
  knee: { shape: 'rectRot', color: 'orange' },
  dominated: { shape: 'circle', color: 'quiet' },
  unfit: { shape: 'cross', color: 'red' },
} as const satisfies Readonly<Record<string, LearnerMark>>;

/** Trials by two objectives; the front as steps, its knee, and those that cannot be on it as crosses. */
export const paretoChart =
  (found: SearchFront, { objectives }: SearchReplay, openTrial: (trial: number) => void): BuildChart =>
  (theme) => {
    const { front, knee, dominated, unfit } = found;
    const names = found.objectives.map((at) => metricInSentence(objectives[at].name));
    const titles = found.objectives.map((at) => metricTitle(objectives[at].name));
    const all = [...front, ...dominated, ...unfit];
    const scale = (at: 0 | 1) => (suitsLogarithm(all.map(({ values }) => values[at])) ? 'logarithmic' : 'linear');
    const onFront = front.filter(({ trial }) => trial !== knee);
    const groups = {
      knee: front.filter(({ trial }) => trial === knee),
      front: onFront,
      dominated,
      unfit,
    } satisfies Readonly<Record<keyof typeof paretoMarks, readonly FrontTrial[]>>;
    const kinds = Object.keys(groups) as (keyof typeof groups)[];
    const clouds = kinds.map((kind): Dataset => {
      const { shape, color } = paretoMarks[kind];
      const ink = theme.colors[color];
      return {
        type: 'scatter',
        label: kind,
        data: points(groups[kind]),
        pointStyle: shape,
        pointRadius: kind === 'dominated' ? 3 : kind === 'knee' ? 7 : 4.5,
        pointHoverRadius: 8,
        clip: 8,
        pointBorderColor: ink,
        pointBackgroundColor: ink,
        pointBorderWidth: shape === 'cross' ? 2 : 0,
      };
    });
    const steps: Dataset = {
      ...quietLine,
      label: 'Pareto front',
      data: points(front),
      stepped: 'after',
      borderColor: theme.colors.blue,
      borderWidth: 1.5,
    };
    const at = ({ datasetIndex, index }: { datasetIndex: number; index: number }): FrontTrial | undefined =>
      groups[kinds[datasetIndex]]?.[index];
    const options = scatterOptions(theme, {
      x: { title: titles[0], scale: scale(0) },
      y: { title: titles[1], grid: true, scale: scale(1) },
      told: (place) => {
        const trial = at(place);
        return trial
          ? { title: `Trial ${trial.trial}`, lines: trial.values.map((value, i) => `${names[i]} ${scoreWords(value)}`) }
          : null;
      },
      onOpen: (place) => {
        const trial = at(place);
        if (trial) openTrial(trial.trial);
      },
    });
    return { type: 'scatter', data: { datasets: [...clouds, steps] }, options };
  };

const points = (trials: readonly FrontTrial[]) => trials.map(({ values: [x, y] }) => ({ x, y }));
