import { z } from 'zod';
import type { Counterfactual, Counterfactuals, Obstacle } from '../../shared/results/counterfactuals.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import { record, takeRows } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { standardDeviation } from '../statistics/mean.ts';
import { Asking } from './asking.ts';
import { countPredictions } from './counted-predictor.ts';
import { editRuleOptions, withRules } from './counterfactuals/edit-rule-options.ts';
import type { EditRules } from './counterfactuals/permitted-edits.ts';
import { type Found, type Seeds, searchCounterfactuals, seedsFor } from './counterfactuals/search.ts';
import { rowsOf, saidOf, sizedEdits, toldAgain } from './counterfactuals/told-again.ts';
import { type WantedOutcome, wantedClass, wantedValue } from './counterfactuals/wanted-outcome.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { className, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  class: className('The class that is wanted, of classes; default: any but the predicted.'),
  above: z
    .number()
    .optional()
    .describe(
      'The value that is to be passed, of regression; default: half a standard deviation of the training target away.',
    ),
  below: z.number().optional().describe('The value that is to be gone below, of regression; above or below, not both.'),
  // As Mothilal et al. have it: four, so that there is a choice.
  count: whole(4, 'At most so many are given back.'),
  seeds: whole(2000, 'Training rows that are asked whether they are what is wanted, a seeded sample.'),
  generations: whole(30, 'Rounds of the search, which ends sooner where it no longer gains.'),
  neighbours: whole(5, 'A row is as plausible as its distance to this neighbour.'),
  columns: whole(
    100,
    'At most so many columns are edited, those first in which rows that are predicted as wanted differ most from the others.',
  ),
  ...editRuleOptions,
});
export type CounterfactualsOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable> & EditRules;

const free: EditRules = { frozen: [], permitted: {}, onlyUp: [], onlyDown: [] };

/**
 * Counterfactuals of any model by a genetic search from training rows (Wachter et al. 2017, Mothilal et al. 2020, Schleich et al. 2021):
 * each is predicted again before it is told. Where none is found under what is kept, the search is made once more without the person's
 * rules, and what stands in the way is told. Throws a RangeError on an option out of range, an unknown row, class or column, or where the
 * row is already what is wanted.
 */
export const counterfactuals: Explainer<CounterfactualsOptions, Counterfactuals> = {
  kind: 'counterfactuals',
  title: 'What would change the prediction',
  question: 'why not something else',
  scope: 'one row',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings: read } = readOptions(settable, given);
    const settings = withRules(read, data);
    check(rowIndex, data);
    const { evaluation } = data;
    const train = data.train.features;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const asking = new Asking(counted, enough);
    const wanted = wantedOf(predictor, prediction, settings, data);
    const seeds = await seedsFor(train, settings, wanted, asking, random.fork('seeds'));
    progress(0.2);
    const at = (from: number, to: number) => (share: number) => progress(from + (to - from) * share);
    const look = (rules: EditRules, label: string, shares: (share: number) => void, forbid?: EditRules) =>
      searchCounterfactuals(train, row, rules, settings, wanted, seeds, asking, random.fork(label), shares, forbid);
    const found = await look(settings, 'search', at(0.2, 0.6));
    const lifted =
      found.chosen.length === 0 && hasRules(settings) ? await look(free, 'lifted', at(0.6, 0.9), settings) : undefined;
    progress(0.9);
    const again = found.chosen.length > 0 ? await counted.predict(rowsOf(found)) : undefined;
    const held = again ? toldAgain(found, again, wanted, predictor, seeds) : [];
    const obstacles = lifted ? obstaclesOf(lifted) : [];
    const isWhole = !asking.isCut;
    progress(1);
    return {
      kind: 'counterfactuals',
      version: 1,
      question: 'why not something else',
      options: statedOf(settings),
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(!isWhole && {
        partial: 'Ended before the search was through: there may be smaller changes, or some where none is told.',
      }),
      quality: qualityOf(held, found.chosen.length),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      prediction: saidOf(prediction, predictor)[0],
      wanted: wanted.words,
      found: held,
      kept: found.kept,
      none: held.length > 0 ? null : noneWords(found, seeds, wanted, obstacles, lifted !== undefined, isWhole),
      obstacles,
      seeds: { rows: seeds.asked, available: seeds.available, reached: seeds.reached.length },
      columns: { editable: found.editable, tried: found.edited },
    };
  },
};

const hasRules = ({ frozen, permitted, onlyUp, onlyDown }: EditRules): boolean =>
  frozen.length + onlyUp.length + onlyDown.length + Object.keys(permitted).length > 0;

/** Without what was not asked for. */
const statedOf = (settings: Settings): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows to begin from');
}

function wantedOf(
  predictor: Predictor,
  prediction: Prediction,
  { class: name, above, below }: Settings,
  { train }: ExplainData,
): WantedOutcome {
  if (prediction.kind === 'values') {
    if (name !== undefined) throw new RangeError(`a number is predicted, so there is no class "${name}" to reach`);
    const own = prediction.values[0];
    if (above !== undefined && below !== undefined) throw new RangeError('give above or below, not both');
    if ((above !== undefined && own > above) || (below !== undefined && own < below))
      throw new RangeError(`the model predicts ${own}, which is past ${above ?? below} already`);
    const spread = train.target.kind === 'values' ? standardDeviation(train.target.values) : 0;
    return wantedValue(own, { above, below, step: spread > 0 ? spread / 2 : 0.5 });
  }
  if (above !== undefined || below !== undefined)
    throw new RangeError('classes are predicted: name the class to reach, not a value');
  const classes = predictor.classes!;
  const predicted = mostProbable(prediction.values, prediction.classCount)[0];
  if (name !== undefined && !classes.includes(name))
    throw new RangeError(`no class "${name}" among ${classes.join(', ')}`);
  if (name === classes[predicted]) throw new RangeError(`the model predicts ${name} for this row already`);
  return wantedClass(classes, predicted, name);
}

const toldObstacles = 4;

/** Sets of columns whose rules would have to be lifted, none within another, the fewest first. */
function obstaclesOf({ pool, candidates }: Found): Obstacle[] {
  const all = candidates
    .map((candidate) => ({
      columns: pool.forbiddenEdits(candidate.cells).map(({ name }) => name),
      edits: sizedEdits(pool, candidate),
    }))
    .sort((a, b) => a.columns.length - b.columns.length);
  const kept: Obstacle[] = [];
  for (const one of all)
    if (!kept.some(({ columns }) => columns.every((name) => one.columns.includes(name)))) kept.push(one);
  return kept.slice(0, toldObstacles);
}

function noneWords(
  found: Found,
  seeds: Seeds,
  wanted: WantedOutcome,
  obstacles: readonly Obstacle[],
  isLifted: boolean,
  isWhole: boolean,
): string {
  if (found.chosen.length > 0)
    return 'What was found did not hold when the model was asked again: it does not answer the same row twice alike.';
  if (obstacles.length > 0) {
    const alone = obstacles.filter(({ columns }) => columns.length === 1).flatMap(({ columns }) => columns);
    const freed =
      alone.length > 0
        ? `Freeing ${listWords(alone).replace(/ and (?=[^ ]*$)/, ' or ')} alone would allow one.`
        : `${countWords(obstacles[0].columns.length, 'column')} would have to be freed together: ${listWords(obstacles[0].columns)}.`;
    return `No permitted change gives ${wanted.words}. ${freed}`;
  }
  if (found.editable === 0)
    return `No column of this row may change: ${found.kept.map(({ column, reason }) => `${column} (${reason})`).join(', ')}.`;
  if (!isWhole) return `No change that gives ${wanted.words} was found before it was ended.`;
  const nobody =
    seeds.reached.length === 0
      ? `The model predicts ${wanted.words} for none of the ${countWords(seeds.asked, 'training row')} that it was asked for. `
      : '';
  const rules = isLifted ? ', not even with every rule lifted' : '';
  return `${nobody}No change within the training ranges gives ${wanted.words}${rules}.`;
}

function qualityOf(held: readonly Counterfactual[], proposed: number): Counterfactuals['quality'] {
  const measure = 'share that is plausible';
  if (held.length === 0) return { measure, value: null, words: 'There is nothing whose likelihood could be measured.' };
  const plausible = held.filter((one) => one.plausible).length;
  const valid = held.length === proposed ? 'All' : `${held.length} of ${proposed}`;
  return {
    measure,
    value: plausible / held.length,
    words: `${valid} held when the model was asked again; ${plausible} of ${held.length} lie no further from the data than 95 % of the training rows do.`,
  };
}
