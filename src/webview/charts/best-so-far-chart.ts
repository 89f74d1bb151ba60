import { numberWords } from '../../shared/results/numbers.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { scoreWords } from '../components/amounts.ts';
import { metricTitle } from '../study/objective.ts';
import { axis, popup } from './axes.ts';
import type { BuildChart, ScatterConfiguration } from './chart.ts';
import { learnerMark } from './learner-marks.ts';

type Point = StudySnapshot['points'][number];
type Dataset = ScatterConfiguration['data']['datasets'][number];

/** A logarithmic axis helps where the values are positive and some are far from the best. */
export function suitsLogarithm(values: readonly number[]): boolean {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return low > 0 && high / low > 20;
}

export interface BestSoFarOptions {
  readonly snapshot: StudySnapshot;
  readonly scale: 'linear' | 'logarithmic';
  readonly openTrial?: (trial: number) => void;
}

/** Every finished trial as its learner's mark, and the best so far as a step line. */
export const bestSoFarChart =
  ({ snapshot, scale, openTrial }: BestSoFarOptions): BuildChart =>
  (theme) => {
    const crowded = snapshot.points.length > 300;
    const byLearner = Map.groupBy(snapshot.points, (point) => point.learner);
    const clouds = [...byLearner].map(([learner, points]): Dataset => {
      const { shape, color } = learnerMark(learner);
      const strokeOnly = shape === 'cross' || shape === 'star';
      const ink = crowded ? faint(theme.colors[color]) : theme.colors[color];
      return {
        type: 'scatter',
        label: learner,
        data: points.map(({ trial, value }) => ({ x: trial, y: value })),
        pointStyle: shape,
        clip: 8,
        pointRadius: crowded ? 2.2 : 3.5,
        pointHoverRadius: 6,
        pointBorderWidth: strokeOnly ? (crowded ? 1 : 1.5) : 0,
        pointHoverBorderWidth: 1.5,
        pointBorderColor: ink,
        pointBackgroundColor: ink,
      };
    });
    const line: Dataset = {
      type: 'line',
      label: 'best so far',
      data: stepPoints(snapshot),
      stepped: true,
      pointRadius: 0,
      pointHitRadius: 0,
      borderWidth: 1.5,
      borderColor: theme.colors.foreground,
    };
    const [objective] = snapshot.objectives;
    return {
      type: 'scatter',
      data: { datasets: [line, ...clouds] },
      options: {
        animation: false,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        onClick: (_event, elements, chart) => {
          const [hit] = elements;
          if (hit) openTrial?.((chart.data.datasets[hit.datasetIndex].data[hit.index] as { x: number }).x);
        },
        onHover: (event, elements) => {
          const canvas = event.native?.target as HTMLElement | undefined;
          if (canvas) canvas.style.cursor = openTrial && elements.length > 0 ? 'pointer' : 'default';
        },
        interaction: { mode: 'nearest', intersect: true },
        layout: { padding: { top: 4, right: 6 } },
        scales: {
          x: axis(theme, { title: 'trial', whole: true }),
          y: axis(theme, {
            title: objective ? metricTitle(objective.metric) : '',
            scale,
            min: scale === 'logarithmic' ? lowest(snapshot) * 0.88 : undefined,
            grid: true,
            words: tickWords(scale),
          }),
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            ...popup(theme),
            filter: (item) => item.datasetIndex > 0,
            callbacks: {
              title: ([item]) => (item ? `Trial ${(item.raw as { x: number }).x} · ${item.dataset.label}` : ''),
              label: (item) =>
                `${objective ? metricTitle(objective.metric) : 'value'} ${scoreWords((item.raw as { y: number }).y)}`,
            },
          },
        },
      },
    };
  };

/** Where many marks lie over each other, the crowd shows by its depth. */
const faint = (color: string): string => `color-mix(in srgb, ${color} 55%, transparent)`;

const lowest = ({ points }: StudySnapshot): number =>
  points.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY);

/** The line goes on to the last finished trial, where the best still is what it was. */
export function stepPoints({
  bestSoFar,
  points,
}: Pick<StudySnapshot, 'bestSoFar' | 'points'>): { x: number; y: number }[] {
  const steps = bestSoFar.map(({ trial, value }) => ({ x: trial, y: value }));
  const last = points.reduce((latest: number, point: Point) => Math.max(latest, point.trial), -1);
  const best = steps.at(-1);
  return best && last > best.x ? [...steps, { x: last, y: best.y }] : steps;
}

/** On a logarithmic axis only 1, 2 and 5 times a power of ten are named. */
const tickWords = (scale: BestSoFarOptions['scale']) => (value: number) => {
  if (scale === 'linear') return numberWords(value);
  const digit = Math.round(value / 10 ** Math.floor(Math.log10(value)));
  if (![1, 2, 5].includes(digit)) return '';
  return value < 1e-3 ? value.toExponential(0) : numberWords(value);
};
