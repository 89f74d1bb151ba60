import type { Decisions } from '../../shared/results/decisions.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { type Dataset, faint, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { extent } from './extent.ts';
import { scatterOptions } from './scatter-options.ts';

/** Truth less prediction by prediction, a point a row; on the line the model is right. */
export const residualChart =
  ({ points }: NonNullable<Decisions['residuals']>, target: string): BuildChart =>
  (theme) => {
    const { blue, quiet } = theme.colors;
    const datasets: Dataset[] = [
      {
        type: 'scatter',
        label: 'rows',
        data: points.map(({ prediction, residual }) => ({ x: prediction, y: residual })),
        pointRadius: 2.5,
        pointBackgroundColor: faint(blue, 70),
        pointBorderWidth: 0,
        clip: 6,
      } as Dataset,
      {
        ...quietLine,
        label: 'right',
        data: extent(points.map(({ prediction }) => prediction)).map((x) => ({ x, y: 0 })),
        borderColor: quiet,
        borderWidth: 1,
        borderDash: [5, 4],
      },
    ];
    const options = scatterOptions(theme, {
      x: { title: `predicted ${target}` },
      y: { title: 'truth less prediction', grid: true },
      told: ({ datasetIndex, index }) => {
        if (datasetIndex !== 0) return null;
        const { prediction, residual } = points[index];
        return {
          title: `predicted ${numberWords(prediction, 4)}`,
          lines: [`truth ${numberWords(prediction + residual, 4)}`],
        };
      },
    });
    return { type: 'scatter', data: { datasets }, options };
  };
