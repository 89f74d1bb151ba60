import { z } from 'zod';
import type { AnchorStep, Anchors } from '../../shared/results/anchors.ts';
import { countWords, numberWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { standardDeviation } from '../statistics/mean.ts';
import { type AnchorSearch, BeamSearch, precisionOf } from './anchors/beam-search.ts';
import { conditionsOf, type Predicate, predicatesOf } from './anchors/predicates.ts';
import { type Rule, RuleSamples } from './anchors/rule-samples.ts';
import { type Answers, Asking } from './asking.ts';
import { countPredictions } from './counted-predictor.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { sampleRows } from './sample-rows.ts';
import { inLevelsOf } from './shapley/hybrid-rows.ts';
import { fraction, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  precision: fraction(0.95, 'Share of rows under the rule that must be predicted the same.'),
  delta: fraction(0.1, 'Chance that a rule is wrongly taken to be so precise.'),
  tau: fraction(0.15, 'Rules whose precisions differ by less are not told apart.'),
  batch: whole(100, 'Rows drawn at a time.'),
  beam: whole(4, 'Rules that are extended at a time; where one does not lead to an anchor, so many.'),
  conditions: whole(6, 'At most so many conditions.'),
  rowCap: whole(2000, 'Training rows that samples are drawn from, a seeded sample.'),
  samples: whole(60_000, 'Rows that the search may draw in all.'),
  heldOut: whole(1000, 'Rows drawn afresh for each step of the rule, to measure it.'),
  columns: whole(50, 'Conditions are made of at most so many columns, the most telling ones.'),
  tolerance: z
    .number()
    .gt(0)
    .optional()
    .describe(
      "Values within so much count as the same, of regression; default: a quarter of the training target's standard deviation.",
    ),
});
export type AnchorsOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Ribeiro et al.'s constants; the beam is widened to 4 where 1 finds nothing. */

/** Cells of the rows that samples are drawn from, and real rows that a rule is held to. */
const [mostCells, mostReal, mostDrawnCells] = [4_000_000, 2000, 4e7];
/** Regression: this share of the training target's standard deviation counts as the same, unless told otherwise. */
const toleranceShare = 0.25;

/**
 * Anchors (Ribeiro, Singh and Guestrin 2018): conditions of the row under which the model says the same with high precision, of as much
 * coverage as was found. Never empty without a reason: where no rule is precise enough the best is told, where none is better than none
 * that is told. Precision is measured again on rows that the search did not see. Throws a RangeError on an option out of range or an
 * unknown row.
 */
export const anchors: Explainer<AnchorsOptions, Anchors> = {
  kind: 'anchors',
  title: 'Which conditions suffice',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    check(rowIndex, data);
    const { evaluation } = data;
    const train = data.train.features;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const asking = new Asking(counted, enough);
    const row = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const { isSame, tolerance } = sameness(prediction, settings, data);
    const cap = Math.max(20, Math.min(settings.rowCap, Math.floor(mostCells / Math.max(1, train.columns.length))));
    const sample = takeRows(train, sampleRows(train.rowCount, cap, random.fork('sample')));
    const own = inLevelsOf(sample, row);
    const { predicates, tried } = await telling(predicatesOf(sample, own), sample, asking, isSame, settings.columns);
    progress(0.1);
    let drawn = 0;
    const counting: typeof isSame = (answers) => {
      drawn += answers.asked;
      return isSame(answers);
    };
    // Rows of thousands of columns are dear: fewer are drawn.
    const most = Math.min(settings.samples, Math.max(1000, Math.floor(mostDrawnCells / train.columns.length)));
    const left = () => most - drawn;
    const samples = new RuleSamples(sample, own, asking, counting, random.fork('search'), left);
    const search = await new BeamSearch(predicates, samples, settings, sample.rowCount).run((share) =>
      progress(0.1 + 0.6 * share),
    );
    progress(0.7);
    const isUsedUp = drawn >= most;
    const fresh = new RuleSamples(sample, own, asking, isSame, random.fork('held out'), () => 1);
    const rules = prefixes(search.anchor ?? search.best, sample.rowCount);
    const measured = await measure(rules, fresh, settings.heldOut);
    progress(0.85);
    const verdict = verdictOf(search, measured.rules, settings.precision, asking.isCut);
    const told = verdict === 'nothing helps' ? measured.rules.slice(0, 1) : measured.rules;
    const rule = told.at(-1)?.predicates ?? [];
    const realRows = await onRealRows(rule, own, evaluation.features, rowIndex, asking, isSame);
    progress(1);
    return {
      kind: 'anchors',
      version: 1,
      question: 'why this prediction',
      options: settings,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...partialOf(asking.isCut, isUsedUp && !search.anchor, drawn),
      quality: qualityOf(told.at(-1), measured.isFresh, settings.heldOut, realRows, data.part),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      prediction: saidOf(prediction, predictor),
      ...(tolerance !== undefined && { tolerance }),
      wantedPrecision: settings.precision,
      verdict,
      conditions: conditionsOf(rule),
      steps: told.map(stepOf),
      heldOut: measured.isFresh ? settings.heldOut : 0,
      realRows,
      columns: tried,
    };
  },
};

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows to draw from');
}

interface Sameness {
  /** [asked] 1 where the model says what it says of the explained row. */
  readonly isSame: (answers: Answers) => Uint8Array;
  readonly tolerance?: number;
}

function sameness(prediction: Prediction, settings: Settings, { train }: ExplainData): Sameness {
  if (prediction.kind === 'values') {
    const own = prediction.values[0];
    const spread = train.target.kind === 'values' ? standardDeviation(train.target.values) : 0;
    const tolerance = settings.tolerance ?? (toleranceShare * spread || 1e-9);
    return {
      tolerance,
      isSame: ({ values }) => Uint8Array.from(values, (value) => +(Math.abs(value - own) <= tolerance)),
    };
  }
  const own = mostProbable(prediction.values, prediction.classCount)[0];
  return { isSame: ({ values, outputs }) => Uint8Array.from(mostProbable(values, outputs), (k) => +(k === own)) };
}

function saidOf(prediction: Prediction, { classes }: Predictor): string | number {
  if (prediction.kind === 'values') return prediction.values[0];
  return classes![mostProbable(prediction.values, prediction.classCount)[0]];
}

/** Of very many columns those on whose conditions the predictions of training rows depend most, by the lift's z-score. */
async function telling(
  all: readonly Predicate[],
  sample: Table,
  asking: Asking,
  isSame: Sameness['isSame'],
  most: number,
): Promise<{ predicates: readonly Predicate[]; tried: Anchors['columns'] }> {
  const columns = [...new Set(all.map(({ column }) => column))];
  const available = sample.columns.length;
  if (columns.length <= most) return { predicates: all, tried: { tried: columns.length, available } };
  const same = isSame(await asking.ask(sample));
  const share = same.reduce((sum, one) => sum + one, 0) / Math.max(1, same.length);
  const strength = new Map<number, number>();
  for (const { column, holds } of all) {
    let [count, hits] = [0, 0];
    for (let i = 0; i < same.length; i++) {
      count += holds[i];
      hits += holds[i] * same[i];
    }
    const z = count === 0 ? 0 : (hits / count - share) / Math.sqrt((share * (1 - share)) / count || 1);
    strength.set(column, Math.max(strength.get(column) ?? 0, z));
  }
  const chosen = new Set(columns.sort((a, b) => strength.get(b)! - strength.get(a)! || a - b).slice(0, most));
  return { predicates: all.filter(({ column }) => chosen.has(column)), tried: { tried: most, available } };
}

/** The rule from nothing on, a condition at a time; the counts of the search are kept for the whole. */
function prefixes(rule: Rule, rows: number): Rule[] {
  return Array.from({ length: rule.predicates.length + 1 }, (_, size) => {
    const predicates = rule.predicates.slice(0, size);
    let covered = 0;
    for (let i = 0; i < rows; i++) if (predicates.every(({ holds }) => holds[i] === 1)) covered++;
    const isWhole = size === rule.predicates.length;
    return { predicates, coverage: covered / rows, samples: isWhole ? rule.samples : 0, same: isWhole ? rule.same : 0 };
  });
}

/** Each step on rows that the search did not see; where there is no time for that, what the search saw of the whole rule. */
async function measure(rules: readonly Rule[], fresh: RuleSamples, each: number) {
  const anew = rules.map((rule) => ({ ...rule, samples: 0, same: 0 }));
  await fresh.draw(anew, each);
  const isFresh = anew.every(({ samples }) => samples === each);
  return { isFresh, rules: isFresh ? anew : rules.filter(({ samples }) => samples > 0) };
}

function verdictOf(
  { anchor }: AnchorSearch,
  measured: readonly Rule[],
  precision: number,
  isCut: boolean,
): Anchors['verdict'] {
  const last = measured.at(-1);
  if (!last) return 'unknown';
  if (anchor) return anchor.predicates.length === 0 ? 'always' : 'found';
  if (isCut && last.predicates.length === 0) return 'unknown';
  const [first] = measured;
  if (last.predicates.length === 0) return precisionOf(last) >= precision ? 'always' : 'nothing helps';
  const helps = first === last || intervalOf(last).low > intervalOf(first).high;
  return helps ? 'too weak' : 'nothing helps';
}

const intervalOf = ({ same, samples }: Rule) => clopperPearson(same, samples);

function stepOf(rule: Rule, index: number): AnchorStep {
  const added = rule.predicates.at(-1);
  return {
    condition:
      added === undefined
        ? null
        : index === 0
          ? conditionsOf(rule.predicates).join(', ')
          : `${added.name} ${added.words}`,
    precision: precisionOf(rule),
    interval: intervalOf(rule),
    coverage: rule.coverage,
  };
}

/** How other rows of the part that fulfil the rule are really predicted. */
async function onRealRows(
  rule: readonly Predicate[],
  own: Table,
  rows: Table,
  but: number,
  asking: Asking,
  isSame: Sameness['isSame'],
): Promise<Anchors['realRows']> {
  const others = Array.from({ length: Math.min(mostReal, rows.rowCount) }, (_, i) => i).filter((i) => i !== but);
  const some = inLevelsOf(own, takeRows(rows, others));
  const fulfilling = [...others.keys()].filter((i) =>
    rule.every(({ column, test }) => {
      const cells = some.columns[column];
      return test(cells.kind === 'numeric' ? cells.values[i] : cells.codes[i]);
    }),
  );
  const answers = await asking.ask(takeRows(some, fulfilling));
  const same = isSame(answers).reduce((sum, one) => sum + one, 0);
  return { rows: fulfilling.length, asked: answers.asked, same };
}

function partialOf(isCut: boolean, isUsedUp: boolean, drawn: number): Pick<Anchors, 'partial'> {
  const rows = countWords(drawn, 'drawn row');
  if (isCut) return { partial: `Ended after ${rows}: a rule that is surer or covers more may exist.` };
  return isUsedUp ? { partial: `The search used up its ${rows} and found no rule that is sure enough.` } : {};
}

function qualityOf(
  rule: Rule | undefined,
  isFresh: boolean,
  heldOut: number,
  { asked, same }: Anchors['realRows'],
  part: string,
): Anchors['quality'] {
  const measure = 'precision on rows that the search did not see';
  if (!rule) return { measure, value: null, words: 'Nothing was seen that could be measured.' };
  if (!isFresh)
    return {
      measure,
      value: null,
      words: 'There was no time left to measure the rule on rows that the search did not see.',
    };
  const value = precisionOf(rule);
  const real =
    asked > 0
      ? `of ${countWords(asked, `other ${part} row`)} that fulfil it, ${numberWords(same)} are predicted the same`
      : `no other ${part} row fulfils it`;
  return {
    measure,
    value,
    words: `On ${countWords(heldOut, 'row')} drawn afresh it holds for ${percentWords(value)} (95 % interval ${percentIntervalWords(intervalOf(rule), 1)}); ${real}.`,
  };
}
