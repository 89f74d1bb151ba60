import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { intervalWords, numberWords, valueWords } from '../../shared/results/numbers.ts';
import type { DependenceAxis, SearchDependence } from '../../shared/results/search-dependence.ts';
import type { Value } from '../../shared/space.ts';
import { scoreWords } from '../components/amounts.ts';
import { band, type Dataset, faint, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { extent } from './extent.ts';
import { scatterOptions } from './scatter-options.ts';

/** Where a value lies on an axis: numbers by themselves, choices by their place. */
export const placeOn = ({ scale, values }: DependenceAxis, value: Value): number =>
  scale === 'choice' || scale === 'ordinal' ? values.indexOf(value) : Number(value);

/** The mean with its band, the curves of single trials thin behind it, and the trials themselves. */
export const dependenceChart =
  (result: SearchDependence, openTrial?: (trial: number) => void): BuildChart =>
  (theme) => {
    const [axis] = result.axes;
    const { blue, quiet, foreground } = theme.colors;
    const named = axis.scale === 'choice' || axis.scale === 'ordinal';
    const places = axis.values.map((value) => placeOn(axis, value));
    const main: Dataset = {
      type: 'line',
      label: 'on average',
      data: places.map((x, i) => ({ x, y: result.mean[i] })),
      borderColor: blue,
      backgroundColor: blue,
      borderWidth: 2,
      showLine: axis.scale !== 'choice',
      pointRadius: named ? 4 : 0,
      pointHitRadius: 6,
      clip: 6,
    };
    const edges = named
      ? [whiskers(result, places, faint(blue, 60))]
      : band(
          blue,
          '90 % interval',
          places.map((x, i) => ({ x, low: result.low[i], high: result.high[i] })),
        );
    const curves = result.curves.map(
      ({ values }, i): Dataset => ({
        ...quietLine,
        label: 'single',
        data: places.map((x, at) => ({ x, y: values[at] })),
        borderColor: i === 0 ? foreground : faint(quiet, 40),
        borderDash: i === 0 ? [2, 3] : [],
        borderWidth: 1,
      }),
    );
    const shown = result.points.filter(({ at }) => placeOn(axis, at[0]) >= (named ? 0 : Number.NEGATIVE_INFINITY));
    const trials: Dataset = {
      type: 'scatter',
      label: 'trials',
      data: shown.map(({ at, value }) => ({ x: placeOn(axis, at[0]), y: value })),
      pointRadius: 2.5,
      pointHoverRadius: 6,
      clip: 8,
      pointBorderWidth: 0,
      pointBackgroundColor: faint(theme.colors.orange, 70),
    };
    const options = scatterOptions(theme, {
      x: {
        title: axis.name,
        scale: axis.scale === 'log' ? 'logarithmic' : 'linear',
        whole: named,
        ...(named && {
          min: -0.5,
          max: axis.values.length - 0.5,
          words: (place: number) => (Number.isInteger(place) ? valueWords(axis.values[place] ?? '') : ''),
        }),
      },
      y: { title: metricInSentence(result.objective), grid: true, round: true, ...range(result) },
      told: ({ datasetIndex, index }) => {
        if (datasetIndex === 0)
          return {
            title: `${axis.name} ${valueWords(axis.values[index])}`,
            lines: [
              `on average ${numberWords(result.mean[index])} (${intervalWords({ low: result.low[index], high: result.high[index] })})`,
            ],
          };
        const point = datasetIndex === 1 ? shown[index] : undefined;
        return point
          ? {
              title: `Trial ${point.trial}`,
              lines: [
                `${axis.name} ${valueWords(point.at[0])}`,
                `${metricInSentence(result.objective)} ${scoreWords(point.value)}`,
              ],
            }
          : null;
      },
      onOpen: ({ datasetIndex, index }) => datasetIndex === 1 && openTrial?.(shown[index].trial),
    });
    return { type: 'scatter', data: { datasets: [main, trials, ...edges, ...curves] }, options };
  };

/** A line for each choice's interval, for what has nothing between its values. */
const whiskers = ({ low, high }: SearchDependence, places: readonly number[], color: string): Dataset => ({
  ...quietLine,
  label: '90 % interval',
  data: places.flatMap((x, i) => [
    { x, y: low[i] },
    { x, y: high[i] },
    { x: Number.NaN, y: Number.NaN },
  ]),
  borderColor: color,
  borderWidth: 3,
});

/** The function and its band; trials far away do not flatten it. */
function range({ low, high, curves }: SearchDependence): { min: number; max: number } {
  const ends = [...low, ...high, ...curves.flatMap(({ values }) => values)];
  const [least, most] = extent(ends);
  const margin = (most - least || Math.abs(most) || 1) * 0.08;
  return { min: least - margin, max: most + margin };
}
