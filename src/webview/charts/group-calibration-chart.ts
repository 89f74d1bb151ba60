import type { Group } from '../../shared/results/fairness.ts';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import { type Dataset, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

/** Lines that are told apart without their colours. */
const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3]];

/** How often the class came against how probable it was said to be, a line a group; on the diagonal both agree. */
export const groupCalibrationChart =
  (groups: readonly Group[]): BuildChart =>
  (theme) => {
    const { blue, orange, green, purple, quiet } = theme.colors;
    const colors = [blue, orange, green, purple];
    const shown = groups.slice(0, dashes.length);
    const datasets = shown.map(
      ({ name, curve = [] }, g): Dataset => ({
        type: 'line',
        label: name,
        data: curve.map(({ probability, frequency }) => ({ x: probability, y: frequency })),
        borderColor: colors[g],
        borderWidth: 2,
        borderDash: dashes[g],
        pointRadius: 3,
        pointBackgroundColor: colors[g],
        pointHitRadius: 6,
        clip: 6,
      }),
    );
    const diagonal: Dataset = {
      ...quietLine,
      label: 'right',
      data: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      borderColor: quiet,
      borderWidth: 1,
      borderDash: [3, 4],
    };
    const percent = (value: number) => percentWords(value, 0);
    const options = scatterOptions(theme, {
      x: { title: 'mean probability', min: 0, max: 1, words: percent },
      y: { title: 'came true', min: 0, max: 1, grid: true, words: percent },
      told: ({ datasetIndex, index }) => {
        const group = shown[datasetIndex];
        const point = group?.curve?.[index];
        if (!point) return null;
        const lines = [`probability ${percentWords(point.probability)}`, `came true ${percentWords(point.frequency)}`];
        return { title: `${group.name}, ${countWords(point.rows, 'row')}`, lines };
      },
    });
    return { type: 'line', data: { datasets: [...datasets, diagonal] }, options };
  };
