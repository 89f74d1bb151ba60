import { countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { SearchOutlook } from '../../shared/results/search-outlook.ts';
import { type Dataset, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

/** The chance of an improvement by the number of further trials, one line an estimate; the second is dashed. */
export const outlookChart =
  ({ estimates }: SearchOutlook): BuildChart =>
  (theme) => {
    const colors = [theme.colors.blue, theme.colors.orange];
    const datasets = estimates.map(
      ({ method, curve }, i): Dataset => ({
        ...quietLine,
        label: `by the ${method}`,
        data: curve.map(({ trials, chance }) => ({ x: trials, y: chance })),
        borderColor: colors[i % colors.length],
        borderWidth: 2,
        borderDash: i === 0 ? [] : [5, 4],
        pointHitRadius: 6,
        clip: 4,
      }),
    );
    const options = scatterOptions(theme, {
      x: { title: 'further trials', min: 0, whole: true },
      y: { title: 'chance to improve', min: 0, max: 1, grid: true, words: (value) => percentWords(value, 0) },
      told: ({ datasetIndex, index }) => {
        const { method, curve } = estimates[datasetIndex];
        const { trials, chance, gain } = curve[index];
        return {
          title: `After ${countWords(trials, 'more trial')}, by the ${method}`,
          lines: [`chance ${percentWords(chance, 0)}`, `expected gain ${numberWords(gain)}`],
        };
      },
    });
    return { type: 'line', data: { datasets }, options };
  };
