import type { Attribute } from '../../shared/results/fairness.ts';
import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Dataset } from './band.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

/** What holding the groups' selection rates together costs in accuracy; the cross is one threshold for all. */
export const thresholdCostChart =
  ({ groups, now, points }: NonNullable<Attribute['simulation']>): BuildChart =>
  (theme) => {
    const { blue, orange } = theme.colors;
    const sorted = points.toSorted((a, b) => a.difference - b.difference);
    const datasets: Dataset[] = [
      {
        type: 'line',
        label: 'thresholds a group',
        data: sorted.map(({ difference, accuracy }) => ({ x: difference, y: accuracy })),
        borderColor: blue,
        borderWidth: 2,
        pointRadius: 3.5,
        pointBackgroundColor: blue,
        pointHitRadius: 6,
        clip: 6,
      },
      {
        type: 'scatter',
        label: 'one threshold',
        data: [{ x: now.difference, y: now.accuracy }],
        pointStyle: 'cross',
        pointRadius: 6,
        pointBorderColor: orange,
        pointBorderWidth: 2.5,
        clip: 8,
      } as Dataset,
    ];
    const options = scatterOptions(theme, {
      x: { title: 'difference of selection rates', min: 0, words: (value) => numberWords(value, 2) },
      y: { title: 'accuracy', grid: true, words: (value) => percentWords(value) },
      told: ({ datasetIndex, index }) => {
        if (datasetIndex === 1)
          return {
            title: 'One threshold for all',
            lines: [`accuracy ${percentWords(now.accuracy)}`, `difference ${numberWords(now.difference, 2)}`],
          };
        const { allowed, accuracy, difference, thresholds } = sorted[index];
        return {
          title: allowed === null ? 'Best thresholds a group' : `At most ${numberWords(allowed)} asked for`,
          lines: [
            `accuracy ${percentWords(accuracy)}`,
            `difference ${numberWords(difference, 2)}`,
            ...groups.map(
              (name, g) => `${name}: ${thresholds[g] === null ? 'nobody' : `above ${numberWords(thresholds[g], 2)}`}`,
            ),
          ],
        };
      },
    });
    return { type: 'line', data: { datasets }, options };
  };
