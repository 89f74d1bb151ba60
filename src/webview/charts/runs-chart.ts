import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { RunGroup, SearchRuns } from '../../shared/results/search-runs.ts';
import { band, type Dataset, faint, quietLine } from './band.ts';
import { suitsLogarithm } from './best-so-far-chart.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

/** Groups are told apart by colour and dashes. */
export const runLooks = [
  { line: 'blue', dashed: false },
  { line: 'orange', dashed: true },
  { line: 'green', dashed: false },
  { line: 'purple', dashed: true },
] as const;

/** Each group's mean best so far with one standard deviation, and its runs thin behind it. */
export const runsChart =
  ({ groups, objective }: SearchRuns): BuildChart =>
  (theme) => {
    const shown = groups.slice(0, runLooks.length);
    const all = shown.flatMap(({ curve }) => curve.flatMap(({ low, high }) => [low, high]));
    const means = shown.map((group, i) => meanLine(group, theme.colors[runLooks[i].line], runLooks[i].dashed));
    const spreads = shown.flatMap(({ name, runs, curve }, i) => {
      const color = theme.colors[runLooks[i].line];
      const spread = curve.map(({ trials, mean, deviation }) => ({
        x: trials,
        low: mean - (deviation ?? 0),
        high: mean + (deviation ?? 0),
      }));
      const single = runs.length > 1 ? runs.map(({ bestSoFar }) => runLine(bestSoFar, faint(color, 45))) : [];
      return [...(runs.length > 1 ? band(color, name, spread) : []), ...single];
    });
    const options = scatterOptions(theme, {
      x: { title: 'finished trials', min: 1, whole: true },
      y: {
        title: `best ${metricInSentence(objective)}`,
        grid: true,
        scale: suitsLogarithm(all) ? 'logarithmic' : 'linear',
      },
      told: ({ datasetIndex, index }) => {
        const group = shown[datasetIndex];
        if (!group) return null;
        const { trials, mean, deviation, runs } = group.curve[index];
        const spread = deviation === null ? '' : ` ± ${numberWords(deviation, 2)}`;
        return {
          title: group.name,
          lines: [`${numberWords(mean, 4)}${spread}`, `${countWords(trials, 'trial')}, ${countWords(runs, 'run')}`],
        };
      },
    });
    return { type: 'line', data: { datasets: [...means, ...spreads] }, options };
  };

const meanLine = ({ name, curve }: RunGroup, color: string, dashed: boolean): Dataset => ({
  ...quietLine,
  label: name,
  data: curve.map(({ trials, mean }) => ({ x: trials, y: mean })),
  borderColor: color,
  borderWidth: 2,
  borderDash: dashed ? [5, 4] : [],
  pointHitRadius: 6,
});

const runLine = (bestSoFar: readonly (number | null)[], color: string): Dataset => ({
  ...quietLine,
  label: 'run',
  data: bestSoFar.flatMap((value, i) => (value === null ? [] : [{ x: i + 1, y: value }])),
  stepped: true,
  borderColor: color,
  borderWidth: 1,
});
