import { resized } from '../../data/images/picture.ts';
import { imageColumns, thumbnail, undecodedWords } from '../../data/images/thumbnails.ts';
import type { CodedColumn, Table } from '../../data/table.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import type { Step } from '../step.ts';

/** Rows and columns that the brightness of a picture is told by. */
export const grid = 8;
/** Shares of red, green and blue, as of television (ITU-R BT.601). */
export const brightness = [0.299, 0.587, 0.114] as const;
const colors = ['red', 'green', 'blue'] as const;

export interface ImagesState {
  readonly columns: readonly { readonly name: string; readonly outputs: readonly string[] }[];
}

/**
 * Turns images into a few numbers that every learner can use: the brightness of 8 x 8 fields, and mean and deviation of each colour.
 * Those of an image that is missing are missing. Networks for images look at the pixels themselves.
 */
export const images: Step<ImagesState> = {
  name: 'images',
  parameters: () => [],
  learn({ features }) {
    const fresh = freshNames(features);
    const columns = imageColumns(features).map(({ name }) => ({
      name,
      outputs: outputNames.map((output) => fresh(`${name} (${output})`)),
    }));
    if (columns.length === 0) return null;
    const words = `${columns.length * outputNames.length} columns from images${undecodedWords(features)}`;
    return { state: { columns }, words };
  },
  restore: ({ columns }) => ({
    made: () =>
      columns.flatMap(({ name, outputs }) =>
        outputs.map((column, i) => ({
          column,
          of: [name],
          words: `${outputNames[i]} of the picture ${name}, from 0 to 1${i < grid * grid ? ': how bright it is there' : ''}`,
        })),
      ),
    apply(table) {
      const replaced = new Set(columns.map(({ name }) => name));
      const found = imageColumns(table);
      return {
        ...table,
        columns: [
          ...table.columns.filter(({ name }) => !replaced.has(name)),
          ...columns.flatMap(({ name, outputs }) =>
            numbersOf(
              table,
              found.find((column) => column.name === name),
            ).map((values, i) => numericColumn(outputs[i], values)),
          ),
        ],
      };
    },
  }),
};

const outputNames: readonly string[] = [
  ...Array.from({ length: grid * grid }, (_, i) => `row ${1 + Math.floor(i / grid)}, column ${1 + (i % grid)}`),
  ...colors.flatMap((color) => [`mean of ${color}`, `deviation of ${color}`]),
];

/** Of each output, [rows]; a column that is not there is missing throughout. */
function numbersOf({ rowCount }: Table, column: CodedColumn | undefined): Float64Array[] {
  const numbers = outputNames.map(() => new Float64Array(rowCount).fill(Number.NaN));
  const known = new Map<number, Float64Array | null>();
  for (let row = 0; row < rowCount; row++) {
    const code = column?.codes[row] ?? -1;
    if (!column || code < 0) continue;
    let values = known.get(code);
    if (values === undefined) {
      values = describe(column.levels[code]);
      known.set(code, values);
    }
    if (values) for (let i = 0; i < numbers.length; i++) numbers[i][row] = values[i];
  }
  return numbers;
}

/** [fields and colours], each from 0 to 1. */
function describe(path: string): Float64Array | null {
  const picture = thumbnail(path);
  if (!picture) return null;
  const fields = resized(picture, grid, grid).pixels;
  const values = new Float64Array(outputNames.length);
  const [red, green, blue] = brightness;
  for (let i = 0; i < grid * grid; i++)
    values[i] = (red * fields[3 * i] + green * fields[3 * i + 1] + blue * fields[3 * i + 2]) / 255;
  for (let k = 0; k < 3; k++) {
    const channel = picture.pixels.filter((_, i) => i % 3 === k);
    const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
    const squares = channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channel.length;
    values.set([mean / 255, Math.sqrt(squares) / 255], grid * grid + 2 * k);
  }
  return values;
}
