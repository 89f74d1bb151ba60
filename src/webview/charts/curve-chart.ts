import { percentWords } from '../../shared/results/numbers.ts';
import { type Dataset, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** Ends of the interval of y. */
  readonly low?: number;
  readonly high?: number;
  readonly told: { readonly title: string; readonly lines: readonly string[] };
}

export interface ShareCurve {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly points: readonly CurvePoint[];
  /** What chance, or a model that is right, would give: a line from its first to its second point. */
  readonly reference?: readonly [{ x: number; y: number }, { x: number; y: number }];
  readonly marks?: boolean;
}

/** Shares against shares, both from 0 to 1, with a dashed line to compare with. */
export const shareCurveChart =
  ({ xTitle, yTitle, points, reference, marks = false }: ShareCurve): BuildChart =>
  (theme) => {
    const { blue, quiet } = theme.colors;
    const curve: Dataset = {
      type: 'line',
      label: yTitle,
      data: points.map(({ x, y }) => ({ x, y })),
      borderColor: blue,
      borderWidth: 2,
      pointRadius: marks ? 3.5 : 0,
      pointBackgroundColor: blue,
      pointHitRadius: 6,
      clip: 6,
    };
    const intervals: Dataset = {
      ...quietLine,
      label: '95 % intervals',
      data: points.flatMap(({ x, low, high }) =>
        low === undefined || high === undefined
          ? []
          : [
              { x, y: low },
              { x, y: high },
              { x: Number.NaN, y: Number.NaN },
            ],
      ),
      borderColor: blue,
      borderWidth: 1,
    };
    const line: Dataset = {
      ...quietLine,
      label: 'to compare with',
      data: [...(reference ?? [])],
      borderColor: quiet,
      borderWidth: 1,
      borderDash: [5, 4],
    };
    const percent = (value: number) => percentWords(value, 0);
    const options = scatterOptions(theme, {
      x: { title: xTitle, min: 0, max: 1, words: percent },
      y: { title: yTitle, min: 0, max: 1, grid: true, words: percent },
      told: ({ datasetIndex, index }) => (datasetIndex === 0 ? points[index].told : null),
    });
    return { type: 'line', data: { datasets: [curve, intervals, line] }, options };
  };
