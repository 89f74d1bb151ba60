import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Influence, OwnRow, PushingRow } from '../../shared/results/influence.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { Target } from '../data/dataset.ts';
import { record, takeRows } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import { isInfluential, type RowInfluences } from '../models/influential.ts';
import { createRandom, type Random } from '../random.ts';
import { correlation } from '../statistics/rank-correlation.ts';
import { answersOf, truthOf } from './by-example/answers.ts';
import { countPredictions } from './counted-predictor.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, ExplainedModel, Explainer } from './explainer.ts';
import { unlikelyLabels } from './influence/unlikely-labels.ts';
import { notInfluential, untracedWords } from './influence/untraced-words.ts';
import { className, fraction, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  of: z
    .enum(['prediction', 'loss'])
    .default('prediction')
    .describe("What is pushed: the explained output, or the loss of the row ('loss': rows help or harm)."),
  shown: whole(8, 'Rows shown of those that push either way, and of those learnt for their own sake.'),
  rowCap: whole(20_000, 'Training rows that are traced, a seeded sample of more.', 2),
  refits: whole(16, 'Training rows without which the model is fitted again, to hold the reckoning to; 0: none.', 0),
  falseAlarms: fraction(0.05, 'Share of false alarms among the labels that are called unlikely.'),
  class: className('Class to explain, of classes; default: the predicted one.'),
});
export type InfluenceOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Fewer fits say nothing of a correlation; below the least ones the sizes are not to be read, nor the order. */
const [fewestFits, leastCorrelation, leastOrder] = [4, 0.8, 0.3];

/**
 * Which training rows a prediction comes from: influence functions of convex models (Koh and Liang 2017), TracIn of networks (Pruthi et al.
 * 2020), each row left out of nearest neighbours. Held to fits without some of the rows. Beside it the rows that were learnt for their own sake
 * (their self-influence), and those of them whose labels are too unlikely. Throws a RangeError on an unknown class or row, a
 * UserError for a model that cannot be traced.
 */
export const influence: Explainer<InfluenceOptions, Influence> = {
  kind: 'influence',
  title: 'Which training rows it comes from',
  question: 'which examples are like this',
  scope: 'one row',
  byDefault: false,
  options: settable,
  unsuited: ({ learner, facts }: ExplainedModel) => untracedWords(learner, facts),
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    check(rowIndex, data);
    signal.throwIfAborted();
    if (!isInfluential(predictor)) throw notInfluential();
    const { train, evaluation } = data;
    const counted = countPredictions(predictor, signal);
    const row = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, settings.class);
    progress(0.05);
    const found = await predictor.influences(train, row, { mostRows: settings.rowCap, seed, signal });
    progress(0.6);
    const before = [...prediction.values];
    const truth = truthOf(evaluation.target, rowIndex);
    const way = predictor.influenceWay;
    const judged: Judged = { before, output, target: evaluation.target, rowIndex, isSlope: way === 'gradients' };
    const pushes = pushesOf(found, judged, settings.of);
    const helps = settings.of === 'loss' ? pushes : pushesOf(found, judged, 'loss');
    const total = pushes.reduce((sum, push) => sum + Math.abs(push), 0);
    const unit = way === 'gradients' && total > 0 ? 1 / total : 1;
    const order = Uint32Array.from(pushes.keys()).sort((a, b) => pushes[b] - pushes[a] || a - b);
    const pushing = (place: number, i: number): PushingRow => ({
      rowIndex: found.rows[place],
      row: record(train.features, found.rows[place]),
      truth: truthOf(train.target, found.rows[place]),
      predicted: answers[i],
      effect: pushes[place] * unit,
      helps: helps[place] > 0,
    });
    const isPush = (place: number) => Math.abs(pushes[place]) > 1e-12 * Math.max(1, total);
    const up = [...order.subarray(0, settings.shown)].filter((place) => pushes[place] > 0 && isPush(place));
    const down = [...order.subarray(-settings.shown).reverse()].filter((place) => pushes[place] < 0 && isPush(place));
    const fits = await refitted(found, pushes, judged, settings, createRandom(seed).fork('fits'), enough);
    progress(0.9);
    const pushers = takeRows(
      train.features,
      [...up, ...down].map((place) => found.rows[place]),
    );
    const answers = answersOf(await counted.predict(pushers), predictor);
    const own = ownRows(found, train.features, train.target, settings, way);
    await setImmediate();
    signal.throwIfAborted();
    progress(1);
    const shown = [...up, ...down].reduce((sum, place) => sum + Math.abs(pushes[place]), 0);
    return {
      kind: 'influence',
      version: 1,
      question: 'which examples are like this',
      options: settings,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(fits.isCut && { partial: 'There was no time to fit the model again without some of the rows.' }),
      ...qualityOf(found, fits.check, way),
      rowIndex,
      row: record(evaluation.features, rowIndex),
      target: evaluation.info.target,
      truth,
      ...(output.name !== undefined && { class: output.name }),
      prediction: before[output.index],
      way,
      of: settings.of,
      up: up.map(pushing),
      down: down.map((place, i) => pushing(place, up.length + i)),
      total: total * unit,
      shown: total > 0 ? shown / total : 0,
      rows: found.rows.length,
      rowsAvailable: train.features.rowCount,
      ...own,
      ownRows: found.ownRows.length,
      check: fits.check,
      assumptions: found.words,
    };
  },
};

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount < 2)
    throw new RangeError('there are not two training rows, so that none can be left out');
}

/** The explained row and what is said of it. */
interface Judged {
  /** [outputs] */
  readonly before: readonly number[];
  readonly output: ExplainedOutput;
  readonly target: Target;
  readonly rowIndex: number;
  /** Pushes are slopes, not differences. */
  readonly isSlope: boolean;
}

/** [rows] what each does to the explained output, or by how much the row's loss would be larger without it. */
function pushesOf({ pushes, rows }: RowInfluences, judged: Judged, of: 'prediction' | 'loss'): Float64Array {
  const width = judged.before.length;
  const own = (place: number) => pushes.subarray(place * width, (place + 1) * width);
  return Float64Array.from(rows, (_, place) =>
    of === 'prediction' ? own(place)[judged.output.index] : helpOf(own(place), judged),
  );
}

function helpOf(push: Float64Array, { before, target, rowIndex, isSlope }: Judged): number {
  if (target.kind === 'values') {
    const [error, without] = [before[0] - target.values[rowIndex], before[0] - push[0] - target.values[rowIndex]];
    return isSlope ? -2 * error * push[0] : without ** 2 - error ** 2;
  }
  const own = target.codes[rowIndex];
  const p = Math.max(before[own], Number.MIN_VALUE);
  return isSlope ? push[own] / p : Math.log(p) - Math.log(Math.max(p - push[own], Number.MIN_VALUE));
}

interface Fits {
  readonly check: Influence['check'];
  readonly isCut: boolean;
}

/** Half of those that push most, half by chance: fitted again without each. */
async function refitted(
  { rows, refit }: RowInfluences,
  pushes: Float64Array,
  { before, output }: Judged,
  { refits }: Settings,
  random: Random,
  enough: () => boolean,
): Promise<Fits> {
  if (!refit || refits === 0) return { check: null, isCut: false };
  const bySize = [...rows.keys()].sort((a, b) => Math.abs(pushes[b]) - Math.abs(pushes[a]) || a - b);
  const strongest = bySize.slice(0, Math.ceil(refits / 2));
  const others = bySize.slice(strongest.length);
  const chosen = [...strongest, ...Array.from(random.permutation(others.length), (at) => others[at])].slice(0, refits);
  const [reckoned, fitted]: [number[], number[]] = [[], []];
  let isCut = false;
  // By turns, so that what is known when time is up is of both halves.
  for (const place of chosen.map((_, i) => chosen[i % 2 === 0 ? i / 2 : chosen.length - (i + 1) / 2])) {
    isCut = enough();
    if (isCut) break;
    const without = await refit(place);
    if (!without) continue;
    reckoned.push(pushes[place]);
    fitted.push(before[output.index] - without[output.index]);
  }
  if (fitted.length < fewestFits) return { check: null, isCut };
  return { check: { fits: fitted.length, correlation: correlation(reckoned, fitted), reckoned, fitted }, isCut };
}

function ownRows(
  { ownRows: rows, said, gains }: RowInfluences,
  features: Parameters<typeof record>[0],
  target: Target,
  { shown, falseAlarms }: Settings,
  way: Influence['way'],
): Pick<Influence, 'own' | 'suspects'> {
  const width = said.length / Math.max(1, rows.length);
  const doubts = unlikelyLabels(said, rows, target, falseAlarms);
  const all = gains.reduce((sum, gain) => sum + Math.max(0, gain), 0);
  const order = [...rows.keys()].sort((a, b) => gains[b] - gains[a] || a - b);
  const own = order
    .filter((place) => gains[place] > 1e-12 * Math.max(1, all))
    .slice(0, shown)
    .map((place): OwnRow => {
      const answer = said.subarray(place * width, (place + 1) * width);
      const index = rows[place];
      return {
        rowIndex: index,
        row: record(features, index),
        truth: truthOf(target, index),
        said: target.kind === 'classes' ? target.classes[mostProbable(answer, width)[0]] : answer[0],
        ...(target.kind === 'classes' && { probability: answer[target.codes[index]] }),
        gain: way === 'gradients' ? gains[place] / all : gains[place],
        suspect: doubts[place],
      };
    });
  return { own, suspects: doubts.reduce((sum, doubt) => sum + (doubt ? 1 : 0), 0) };
}

function qualityOf(
  { refit }: RowInfluences,
  fits: Influence['check'],
  way: Influence['way'],
): Pick<Influence, 'quality' | 'trustworthy'> {
  const measure = 'correlation of what was reckoned with fits without the row';
  if (way === 'leave-one-out')
    return {
      quality: { measure, value: 1, words: 'Nothing is estimated: each row was really left out.' },
      trustworthy: true,
    };
  if (!fits) {
    const why = refit
      ? 'There was no time to hold it to fits without some rows'
      : `Fitting ${way === 'gradients' ? 'its last layer' : 'it'} again takes too long to hold it to that`;
    return { quality: { measure, value: null, words: `${why}, so nobody checked the sizes.` }, trustworthy: true };
  }
  const { correlation: r } = fits;
  const what = way === 'gradients' ? "the network's last layer" : 'the model';
  const constant = fits.reckoned.every((push) => Math.abs(push) < 1e-12);
  if (constant)
    return {
      quality: {
        measure,
        value: null,
        words: `No row moves it, nor did it move as ${what} was fitted without ${countWords(fits.fits, 'row')}.`,
      },
      trustworthy: true,
    };
  const verdict =
    r >= leastCorrelation
      ? 'so the sizes can be read'
      : r >= leastOrder
        ? 'so only their order can be read, not the sizes'
        : 'so not even their order can be read';
  const words = `Fitting ${what} again without ${countWords(fits.fits, 'row')}, half of them those that push most, gave what was reckoned with correlation ${numberWords(r)}: ${verdict}.`;
  return { quality: { measure, value: r, words }, trustworthy: r >= leastCorrelation };
}
