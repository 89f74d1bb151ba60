import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import { axis, popup } from './axes.ts';
import type { BuildChart, ScatterConfiguration } from './chart.ts';
import type { Theme } from './theme.ts';

type Dataset = ScatterConfiguration['data']['datasets'][number];

/** Accuracy against the size of the edits, with its interval as a band and the majority baseline as a dashed line. */
export const robustnessChart =
  ({ curve, majorityBaseline, tolerance }: RobustnessReport): BuildChart =>
  (theme) => {
    const last = curve.at(-1)?.epsilon ?? 1;
    const edge = (end: 'low' | 'high', fill: false | '-1' = false): Dataset => ({
      ...quiet,
      label: `95 % interval, ${end}`,
      data: curve.map(({ epsilon, interval }) => ({ x: epsilon, y: interval[end] })),
      borderColor: 'transparent',
      backgroundColor: faint(theme.colors.blue),
      fill,
    });
    const line: Dataset = {
      type: 'line',
      label: tolerance === undefined ? 'still right' : 'within tolerance',
      data: curve.map(({ epsilon, robustAccuracy }) => ({ x: epsilon, y: robustAccuracy })),
      borderColor: theme.colors.blue,
      backgroundColor: theme.colors.blue,
      borderWidth: 2,
      pointRadius: 3,
      clip: 8,
    };
    const baseline: Dataset = {
      ...quiet,
      label: 'majority baseline',
      data: [0, last].map((x) => ({ x, y: majorityBaseline })),
      borderColor: theme.colors.orange,
      borderWidth: 1.5,
      borderDash: [5, 4],
    };
    const datasets =
      tolerance === undefined
        ? [line, edge('high'), edge('low', '-1'), baseline]
        : [line, edge('high'), edge('low', '-1')];
    return { type: 'line', data: { datasets }, options: options(theme) };
  };

const quiet = { type: 'line', pointRadius: 0, pointHitRadius: 0 } as const;

/** The band is the line's colour, thin enough to see the grid through. */
const faint = (color: string): string => `color-mix(in srgb, ${color} 18%, transparent)`;

const options = (theme: Theme): ScatterConfiguration['options'] => ({
  animation: false,
  maintainAspectRatio: false,
  parsing: false,
  interaction: { mode: 'index', intersect: false },
  layout: { padding: { top: 6, right: 8 } },
  scales: {
    x: axis(theme, { title: 'size of the edits, in interquartile ranges', min: 0 }),
    y: axis(theme, { title: '', min: 0, max: 1, grid: true, words: (value) => percentWords(value, 0) }),
  },
  plugins: {
    legend: { display: false },
    tooltip: {
      ...popup(theme),
      callbacks: {
        title: ([item]) => (item ? `Edits up to ${numberWords((item.raw as { x: number }).x)} IQR` : ''),
        label: (item) => `${item.dataset.label}: ${percentWords((item.raw as { y: number }).y)}`,
      },
    },
  },
});
