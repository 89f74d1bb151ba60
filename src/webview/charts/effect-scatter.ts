import { cellWords, changeWords } from '../../shared/results/numbers.ts';
import type { Dependence } from '../../shared/results/shap-summary.ts';
import { type Dataset, faint, quietLine } from './band.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

/** A column's value across, what it adds up and down, one mark a row. Levels stand side by side, missing values last. */
export const effectScatter =
  (dependence: Dependence): BuildChart =>
  (theme) => {
    const { column, effects } = dependence;
    const { places, low, high, wordsAt } = placesOf(dependence);
    const marks = {
      type: 'scatter',
      label: 'rows',
      data: places.map((x, i) => ({ x, y: effects[i] })),
      pointRadius: 3,
      pointHoverRadius: 6,
      pointBackgroundColor: faint(theme.colors.blue, 70),
      pointBorderWidth: 0,
      clip: 8,
    } as Dataset;
    const zero: Dataset = {
      ...quietLine,
      label: 'nothing',
      data: [low, high].map((x) => ({ x, y: 0 })),
      borderColor: theme.colors.lines,
      borderWidth: 1,
    };
    const options = scatterOptions(theme, {
      x: { title: column, min: low, max: high, words: wordsAt, round: true },
      y: { title: 'adds', grid: true },
      told: ({ datasetIndex, index }) =>
        datasetIndex === 0
          ? {
              title: `${column} = ${valueWords(dependence, index)}`,
              lines: [`adds ${changeWords(effects[index])}`],
            }
          : null,
    });
    return { type: 'scatter', data: { datasets: [marks, zero] }, options };
  };

export const dateWords = (value: number): string => new Date(value).toISOString().slice(0, 10);

const valueWords = ({ values, isDate }: Dependence, row: number): string => {
  const value = values[row];
  return isDate && typeof value === 'number' ? dateWords(value) : cellWords(value);
};

interface Places {
  /** [rows] */
  readonly places: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly wordsAt?: (place: number) => string;
}

/** Numbers where they are, missing ones a tenth of the range behind the largest; levels at whole places, a little apart. */
function placesOf({ values, isDate }: Dependence): Places {
  const numbers = values.filter((value) => typeof value === 'number');
  const hasText = values.some((value) => typeof value === 'string');
  if (hasText || numbers.length === 0) return levelPlaces(values.map(cellWords));
  const [low, most] = [Math.min(...numbers), Math.max(...numbers)];
  const span = most - low || Math.abs(most) || 1;
  const behind = most + span / 10;
  const isMissing = numbers.length < values.length;
  return {
    places: values.map((value) => (typeof value === 'number' ? value : behind)),
    low: low - span / 50,
    high: (isMissing ? behind : most) + span / 50,
    ...(isDate && { wordsAt: dateWords }),
  };
}

function levelPlaces(words: readonly string[]): Places {
  const levels = [...new Set(words)].sort();
  return {
    places: words.map((word, row) => levels.indexOf(word) + (((row * 37) % 19) - 9) / 45),
    low: -0.5,
    high: levels.length - 0.5,
    wordsAt: (place) => (Number.isInteger(place) ? (levels[place] ?? '') : ''),
  };
}
