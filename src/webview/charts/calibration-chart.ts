import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { intervalWords, numberWords } from '../../shared/results/numbers.ts';
import type { SearchCalibration } from '../../shared/results/search-calibration.ts';
import { type Dataset, faint, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { extent } from './extent.ts';
import { scatterOptions } from './scatter-options.ts';

/** The truth against what was foretold: on the diagonal it was right; the thin lines are the 90 % intervals; what they missed is a cross. */
export const calibrationChart =
  ({ points, objective }: SearchCalibration, openTrial?: (trial: number) => void): BuildChart =>
  (theme) => {
    const { blue, red, quiet } = theme.colors;
    const values = points.flatMap(({ predicted, measured }) => [predicted, measured]);
    const ends = extent(values);
    const held = points.filter(({ inside }) => inside);
    const missed = points.filter(({ inside }) => !inside);
    const marks = (of: typeof points, look: Partial<Dataset>): Dataset =>
      ({
        type: 'scatter',
        data: of.map(({ predicted, measured }) => ({ x: measured, y: predicted })),
        pointHoverRadius: 6,
        clip: 8,
        ...look,
      }) as Dataset;
    const datasets: Dataset[] = [
      marks(held, { label: 'inside', pointRadius: 3.5, pointBackgroundColor: blue, pointBorderWidth: 0 }),
      marks(missed, {
        label: 'outside',
        pointRadius: 4,
        pointStyle: 'cross',
        pointBorderColor: red,
        pointBorderWidth: 2,
      }),
      {
        ...quietLine,
        label: 'right',
        data: ends.map((end) => ({ x: end, y: end })),
        borderColor: quiet,
        borderWidth: 1,
        borderDash: [5, 4],
      },
      {
        ...quietLine,
        label: '90 % intervals',
        data: points.flatMap(({ measured, low, high }) => [
          { x: measured, y: low },
          { x: measured, y: high },
          { x: Number.NaN, y: Number.NaN },
        ]),
        borderColor: faint(blue, 45),
        borderWidth: 1,
      },
    ];
    const at = ({ datasetIndex, index }: { datasetIndex: number; index: number }) =>
      [held, missed][datasetIndex]?.[index];
    const options = scatterOptions(theme, {
      x: { title: `measured ${metricInSentence(objective)}` },
      y: { title: 'foretold', grid: true },
      told: (place) => {
        const point = at(place);
        if (!point) return null;
        const { trial, sampler, predicted, measured } = point;
        return {
          title: `Trial ${trial} · ${sampler}`,
          lines: [
            `foretold ${numberWords(predicted, 4)} (${intervalWords(point)})`,
            `measured ${numberWords(measured, 4)}`,
          ],
        };
      },
      onOpen: openTrial && ((place) => at(place) && openTrial(at(place).trial)),
    });
    return { type: 'scatter', data: { datasets }, options };
  };
