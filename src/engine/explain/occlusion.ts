import { z } from 'zod';
import { changeWords } from '../../shared/results/numbers.ts';
import { type CoveredSquare, heatOf, type Occlusion } from '../../shared/results/occlusion.ts';
import type { Picture } from '../data/images/picture.ts';
import { type CodedColumn, record, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { Asking } from './asking.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { Explainer } from './explainer.ts';
import { columnToHide } from './hidden-parts-words.ts';
import { drawnPicture, meanColour, pictureOf, recoloured, rowsWithPictures } from './pictures/picture-rows.ts';
import { className, columnName, type OptionsOf, readOptions } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  column: columnName('The column of images; default: the first one that this row has a picture in.'),
  side: z.number().gt(0).max(1).default(0.15).describe("Side of the square as a share of the picture's shorter side."),
  step: z.number().gt(0).max(1).default(0.5).describe('Step of the square as a share of its side.'),
  class: className('Class to explain, of classes; default: the predicted one.'),
});
export type OcclusionOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Of the picture, and areas of its shape elsewhere: the hottest beats all of so many by chance once in twenty. */
const [hottestShare, elsewhereTries] = [0.1, 19];

/**
 * Occlusion (Zeiler and Fergus 2014, section 4.2): a square of the picture's mean colour slides over it, and what is explained falls where
 * the model looks. Held to a check: the tenth of the pixels that matter most is covered at once, then areas of the same shape elsewhere.
 * For any model. Throws a RangeError on an option out of range, an unknown column, class or row.
 */
export const occlusion: Explainer<OcclusionOptions, Occlusion> = {
  kind: 'occlusion',
  title: 'What happens if a part of the picture is covered',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  needs: 'image',
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    checkRow(rowIndex, data);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(data.evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, settings.class);
    const column = columnToHide(row, 'image', settings.column, (own) => pictureOf(own) !== null);
    const picture = pictureOf(column);
    const [usual] = output.of(prediction);
    const random = createRandom(seed);
    progress(0.05);
    const seen: Seen | null = picture && { counted, output, row, column, picture, usual, enough };
    const found = seen ? await slide(seen, settings, random.fork('order')) : nothing;
    progress(0.8);
    const isWhole = found.squares.length === found.squaresInAll;
    const tried = seen && isWhole ? await tryElsewhere(seen, found, random.fork('elsewhere')) : null;
    progress(1);
    return {
      kind: 'occlusion',
      version: 1,
      question: 'why this prediction',
      options: { ...settings, column: column.name },
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...((!isWhole || (seen && !tried)) && {
        partial: `There was time for ${found.squares.length} of ${found.squaresInAll} places of the square${isWhole ? ', but not for the check' : ''}.`,
      }),
      quality: qualityOf(found.squares, tried),
      row: record(data.evaluation.features, rowIndex),
      rowIndex,
      column: column.name,
      ...(output.name !== undefined && { class: output.name }),
      prediction: usual,
      picture: picture && drawnPicture(picture),
      ...found,
      check: tried,
      trustworthy: tried !== null && isHot(tried),
    };
  },
};

interface Seen {
  readonly counted: CountedPredictor;
  readonly output: ExplainedOutput;
  readonly row: Table;
  readonly column: CodedColumn;
  readonly picture: Picture;
  /** What is explained of the whole picture. */
  readonly usual: number;
  readonly enough: () => boolean;
}

type Found = Pick<Occlusion, 'side' | 'squares' | 'squaresInAll'>;
const nothing: Found = { side: 0, squares: [], squaresInAll: 0 };

/** Asks in an order by chance, so that what is known when time is up lies all over the picture. */
async function slide(seen: Seen, settings: Settings, random: Random): Promise<Found> {
  const { width, height } = seen.picture;
  const side = Math.max(1, Math.round(settings.side * Math.min(width, height)));
  const step = Math.max(1, Math.round(settings.step * side));
  const places = placesOf(height - side, step).flatMap((y) => placesOf(width - side, step).map((x) => ({ x, y })));
  const order = Array.from(random.permutation(places.length), (i) => places[i]);
  const isIn = ({ x, y }: { x: number; y: number }, pixel: number) => {
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    return column >= x && column < x + side && row >= y && row < y + side;
  };
  const drops = await dropsWithout(
    seen,
    order.map((place) => (pixel: number) => isIn(place, pixel)),
  );
  const squares = drops.map((drop, i): CoveredSquare => ({ ...order[i], drop })).sort((a, b) => b.drop - a.drop);
  return { side, squares, squaresInAll: places.length };
}

/** From 0 to the last place, which is always there. */
function placesOf(last: number, step: number): number[] {
  const places = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  return places.at(-1) === last ? places : [...places, last];
}

/** How far the output falls without the pixels of each area; of as many areas as there was time for. */
async function dropsWithout(
  { counted, output, row, column, picture, usual, enough }: Seen,
  areas: readonly ((pixel: number) => boolean)[],
): Promise<number[]> {
  const colour = meanColour(picture, () => true);
  const variants = areas.map((isCovered) => recoloured(picture, (pixel) => (isCovered(pixel) ? colour : null)));
  const { rows, lent } = rowsWithPictures(row, column, variants);
  try {
    const { values, outputs } = await new Asking(counted, enough).ask(rows);
    const told = output.of(
      counted.classes ? { kind: 'probabilities', classCount: outputs, values } : { kind: 'values', values },
    );
    return Array.from(told, (value) => usual - value + 0);
  } finally {
    lent.giveBack();
  }
}

/** Covers the hottest pixels at once, then the same shape moved elsewhere (around the edges). */
async function tryElsewhere(seen: Seen, found: Found, random: Random): Promise<Occlusion['check']> {
  const { width, height } = seen.picture;
  const heat = heatOf({ ...found, picture: drawnPicture(seen.picture) });
  const count = Math.max(1, Math.round(hottestShare * heat.length));
  const hottest = new Set([...heat.keys()].sort((a, b) => heat[b] - heat[a] || a - b).slice(0, count));
  const moved = Array.from({ length: elsewhereTries }, () => {
    const by = 1 + random.integer(Math.max(1, width * height - 1));
    const [across, down] = [by % width, Math.floor(by / width)];
    const back = (pixel: number) =>
      ((Math.floor(pixel / width) + height - down) % height) * width + ((pixel + width - across) % width);
    return (pixel: number) => hottest.has(back(pixel));
  });
  const drops = await dropsWithout(seen, [(pixel) => hottest.has(pixel), ...moved]);
  return drops.length <= elsewhereTries ? null : { hottest: drops[0], elsewhere: drops.slice(1) };
}

const isHot = ({ hottest, elsewhere }: NonNullable<Occlusion['check']>): boolean =>
  hottest > 0 && elsewhere.every((drop) => hottest > drop);

function qualityOf(squares: readonly CoveredSquare[], tried: Occlusion['check']): Occlusion['quality'] {
  const measure = 'fall if the hottest tenth is covered, above the same shape elsewhere';
  const empty = squares.length === 0 ? 'There was no picture that could be covered, or no time.' : undefined;
  if (empty) return { measure, value: null, words: empty };
  if (squares.every(({ drop }) => drop === 0))
    return {
      measure,
      value: null,
      words: 'The prediction is the same wherever the square lies, so there is nothing to explain.',
    };
  if (!tried) return { measure, value: null, words: 'There was no time to hold the map to a check.' };
  const usual = mean(tried.elsewhere);
  const compared = `Covering the tenth of the picture that matters most moves the prediction by ${changeWords(-tried.hottest)}, the same shape at ${tried.elsewhere.length} other places by ${changeWords(-usual)} on average`;
  const verdict = isHot(tried) ? 'never so far' : 'and at one of them as far, so the map may be chance';
  return { measure, value: tried.hottest - usual, words: `${compared}, ${verdict}.` };
}
