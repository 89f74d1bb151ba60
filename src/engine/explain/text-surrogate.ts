import { z } from 'zod';
import type { TextPiece, TextSurrogate, WordTerm } from '../../shared/results/text-surrogate.ts';
import { type CodedColumn, record, type Table, takeRows, withColumns } from '../data/table.ts';
import { wordPlaces } from '../preparation/texts/words-of.ts';
import { createRandom, type Random } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { Explainer } from './explainer.ts';
import { cosineWeight, type HidingPlan, type PartsSurrogate, surrogateOfParts } from './hidden-parts.ts';
import { columnToHide, fidelityWords, partsQuality } from './hidden-parts-words.ts';
import { className, columnName, type OptionsOf, positive, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  column: columnName('The column of texts; default: the first one that this row has words in.'),
  samples: whole(
    5000,
    'Samples that the surrogate is fitted on, over all repeats, as in lime; a fifth of a repeat more is held out.',
  ),
  repeats: whole(5, 'Independent samplings, whose spread is told with every weight.'),
  kernelWidth: positive(25, 'Width of the kernel on the cosine distance times 100, as in lime.'),
  words: whole(200, 'At most so many different words are hidden, the first ones.'),
  class: className('Class to explain, of classes; default: the predicted one.'),
  trustedR2: z.number().max(1).default(0.5).describe('Below this held-out R2 the surrogate is not to be trusted.'),
});
export type TextSurrogateOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/**
 * LIME for texts (Ribeiro, Singh and Guestrin 2016, with the constants of the lime package): samples leave out some words everywhere,
 * their number drawn evenly; a weighted ridge tells what each word adds by being there. Words are split as the preparation does, the
 * other columns stay as they are. Seeded, with fidelity on held-out samples and the spread over repeats. Throws a RangeError on an option
 * out of range, an unknown column, class or row.
 */
export const textSurrogate: Explainer<TextSurrogateOptions, TextSurrogate> = {
  kind: 'text-surrogate',
  title: 'Which words matter here',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  needs: 'text',
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    checkRow(rowIndex, data);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(data.evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, settings.class);
    const column = columnToHide(row, 'text', settings.column, (own) => places(own).length > 0);
    const text = textOf(column);
    const known = [...new Set(places(column).map(({ word }) => word))];
    const hidden = known.slice(0, settings.words);
    const surrogate = await surrogateOfParts(
      counted,
      output,
      planOf(row, column, hidden, settings),
      createRandom(seed).fork('words'),
      (share) => progress(0.95 * share),
      enough,
    );
    progress(1);
    const terms = termsOf(text, hidden, surrogate);
    return {
      kind: 'text-surrogate',
      version: 1,
      question: 'why this prediction',
      options: { ...settings, column: column.name },
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...fidelityWords(surrogate, 'word', known.length, settings.trustedR2),
      quality: partsQuality(surrogate, 'word', known.length, settings.trustedR2),
      row: record(data.evaluation.features, rowIndex),
      rowIndex,
      column: column.name,
      ...(output.name !== undefined && { class: output.name }),
      prediction: output.of(prediction)[0],
      surrogatePrediction: surrogate.weights.reduce((sum, weight) => sum + weight, surrogate.intercept),
      terms,
      pieces: piecesOf(text, terms),
      wordsInAll: known.length,
      heldOutR2: surrogate.heldOutR2,
      samples: surrogate.fitted,
    };
  },
};

const textOf = ({ codes, levels }: CodedColumn): string => levels[codes[0]] ?? '';
const places = (column: CodedColumn) => wordPlaces(textOf(column));

function planOf(row: Table, column: CodedColumn, hidden: readonly string[], settings: Settings): HidingPlan {
  const { samples, repeats, kernelWidth } = settings;
  const text = textOf(column);
  return {
    parts: hidden.length,
    samples,
    repeats,
    draw: (random) => withoutSome(hidden.length, random),
    weightOf: cosineWeight(hidden.length, kernelWidth / 100),
    rowsOf: (masks) => {
      const repeated = takeRows(row, new Uint32Array(masks.length));
      const levels = masks.map((mask) => withoutWords(text, new Set(hidden.filter((_, j) => mask[j] === 0))));
      const codes = Int32Array.from(levels, (_, i) => i);
      return withColumns(repeated, [{ ...column, levels, codes }]);
    },
  };
}

/** How many go is drawn first, from 1 to all, then which. */
function withoutSome(parts: number, random: Random): Uint8Array {
  const mask = new Uint8Array(parts).fill(1);
  const gone = 1 + random.integer(parts);
  for (const place of random.permutation(parts).subarray(0, gone)) mask[place] = 0;
  return mask;
}

function withoutWords(text: string, gone: ReadonlySet<string>): string {
  let left = '';
  let from = 0;
  for (const { word, start, end } of wordPlaces(text)) {
    if (!gone.has(word)) continue;
    left += text.slice(from, start);
    from = end;
  }
  return left + text.slice(from);
}

/** Heaviest first. */
function termsOf(text: string, hidden: readonly string[], { weights, spreads }: PartsSurrogate): WordTerm[] {
  const counts = new Map<string, number>();
  for (const { word } of wordPlaces(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return hidden
    .flatMap((word, j) =>
      weights[j] === undefined ? [] : [{ word, count: counts.get(word)!, weight: weights[j] + 0, spread: spreads[j] }],
    )
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function piecesOf(text: string, terms: readonly WordTerm[]): TextPiece[] {
  const termOf = new Map(terms.map(({ word }, i) => [word, i]));
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { word, start, end } of wordPlaces(text)) {
    const term = termOf.get(word);
    if (term === undefined) continue;
    if (start > from) pieces.push({ text: text.slice(from, start), term: null });
    pieces.push({ text: text.slice(start, end), term });
    from = end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), term: null });
  return pieces;
}
