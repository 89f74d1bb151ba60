import type { Contrast, ContrastTerm } from '../../shared/results/contrast.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { Asking } from './asking.ts';
import { additiveFidelity } from './contrast/additive-fidelity.ts';
import { contrastedOutputs, contrasting } from './contrast/contrasted-outputs.ts';
import { countPredictions } from './counted-predictor.ts';
import { type EditRules, sensitiveFeatures } from './counterfactuals/permitted-edits.ts';
import { type CounterfactualSettings, type Seeds, searchCounterfactuals, seedsFor } from './counterfactuals/search.ts';
import { rowsOf, toldAgain } from './counterfactuals/told-again.ts';
import type { ExplainData, Explainer, ExplainOptions } from './explainer.ts';
import { termsOf } from './kernel-shap.ts';
import { sampleRows } from './sample-rows.ts';
import { type KernelValues, kernelValues } from './shapley/kernel-values.ts';

export interface ContrastOptions extends ExplainOptions, Partial<EditRules> {
  /** What might have been said: a class (default: the runner-up) or a value (default: the median of the training target). */
  readonly against?: string | number;
  /** Coalitions of columns that are asked; default 2 columns + 2048. All of them where there are no more. */
  readonly samples?: number;
  /** Training rows of the other class that the row is compared with; default 50. */
  readonly background?: number;
  /** Columns that are told apart; the others are one; default 100. */
  readonly columns?: number;
  /** Smallest changes that are told; default 3. */
  readonly count?: number;
}

const free: EditRules = { frozen: [], permitted: {}, onlyUp: [], onlyDown: [] };
const defaults = { background: 50, columns: 100, count: 3, ...free };
type Settings = Omit<ContrastOptions, 'seed' | 'row'> & typeof defaults;

const searched: Omit<CounterfactualSettings, 'count' | 'columns'> = { seeds: 2000, generations: 20, neighbours: 5 };
/** With fewer rows of the other class, those that come nearest are taken as well. */
const fewestFoils = 10;

/**
 * A contrastive explanation (the question is Lipton's, 1990: why P rather than Q): Shapley values of the difference of two classes'
 * probabilities by KernelSHAP (Lundberg and Lee 2017), with training rows of the other class as background, so that a column in which the
 * row is as they are adds nothing; and the smallest changes that would swap the two. A value is set against rows that are predicted about
 * the other value. Throws a RangeError on an option out of range, an unknown row or class, or what is predicted anyway.
 */
export const contrast: Explainer<ContrastOptions, Contrast> = {
  kind: 'contrast',
  title: 'Why this and not that',
  question: 'why not something else',
  scope: 'one row',
  byDefault: false,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex = 0, ...settings } = { ...defaults, frozen: sensitiveFeatures(data), ...given };
    check(settings, rowIndex, data);
    const { train, evaluation } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const outputs = contrastedOutputs(predictor, prediction, settings.against, train.target, evaluation.info.target);
    const asking = new Asking(counted, enough);
    const limits = { ...searched, count: settings.count, columns: settings.columns };
    const seeds = await seedsFor(train.features, limits, outputs.wanted, asking, random.fork('seeds'));
    progress(0.1);
    const foils = foilRows(seeds, settings.background, outputs.width === 1, random.fork('background'));
    const own = outputs.numbers(prediction);
    const model = contrasting(counted, outputs);
    const share = (from: number, to: number) => (done: number) => progress(from + (to - from) * done);
    const values = await kernelValues(
      model,
      row,
      foils.rows,
      own,
      settings,
      random.fork('coalitions'),
      enough,
      share(0.1, 0.65),
    );
    const fidelity = await additiveFidelity(
      model,
      row,
      foils.rows,
      values,
      outputs.width,
      random.fork('fidelity'),
      enough,
    );
    progress(0.7);
    const isOver = enough();
    const found = isOver
      ? undefined
      : await searchCounterfactuals(
          train.features,
          row,
          settings,
          limits,
          outputs.wanted,
          seeds,
          asking,
          random.fork('swaps'),
          (share) => progress(0.7 + 0.3 * share),
        );
    const again = found && found.chosen.length > 0 ? await counted.predict(rowsOf(found)) : undefined;
    const swaps = found && again ? toldAgain(found, again, outputs.wanted, predictor, seeds) : [];
    progress(1);
    const isCut = isOver || asking.isCut || values.asked < values.planned;
    return {
      kind: 'contrast',
      version: 1,
      question: 'why not something else',
      options: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(isCut && { partial: cutWords(values) }),
      quality: qualityOf(fidelity, isCut),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      fact: outputs.fact,
      foil: outputs.foil,
      unit: outputs.unit,
      base: values.nobody?.[0] ?? own[0],
      explained: own[0],
      terms: values.nobody === null ? [] : contrastTerms(values, evaluation.features, foils.rows, rowIndex),
      foilRows: {
        rows: foils.rows.rowCount,
        reached: seeds.reached.length,
        asked: seeds.asked,
        available: seeds.available,
      },
      isBorrowed: foils.isBorrowed,
      coalitions: values.asked,
      fidelity,
      swaps,
    };
  },
};

function check(settings: Settings, row: number, { train, evaluation, part }: ExplainData): void {
  for (const name of ['background', 'columns', 'count', 'samples'] as const) {
    const value = settings[name];
    if (value !== undefined && (!Number.isInteger(value) || value < 1))
      throw new RangeError(`${name} must be a whole number from 1, not ${value}`);
  }
  const rows = evaluation.features.rowCount;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new RangeError(`there is no row ${row} in the ${part} part of ${rows} rows`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows to compare with');
}

/** Training rows of which the model says the foil: a sample of them; of values, those that are nearest to it. */
function foilRows(
  { sample, reached, reach, asked }: Seeds,
  most: number,
  isValue: boolean,
  random: Random,
): { readonly rows: Table; readonly isBorrowed: boolean } {
  if (asked === 0) return { rows: takeRows(sample, sampleRows(sample.rowCount, most, random)), isBorrowed: true };
  const order = [...reach.keys()];
  if (isValue) {
    order.sort((a, b) => Math.abs(reach[a]) - Math.abs(reach[b]) || a - b);
    return {
      rows: takeRows(
        sample,
        order.slice(0, most).sort((a, b) => a - b),
      ),
      isBorrowed: false,
    };
  }
  const enough = Math.min(fewestFoils, most);
  if (reached.length >= enough) {
    const chosen = sampleRows(reached.length, most, random);
    return {
      rows: takeRows(
        sample,
        Array.from(chosen, (i) => reached[i]),
      ),
      isBorrowed: false,
    };
  }
  order.sort((a, b) => reach[b] - reach[a] || a - b);
  return { rows: takeRows(sample, order.slice(0, enough)), isBorrowed: true };
}

/** The difference's terms, with what each column adds to either class. */
function contrastTerms(values: KernelValues, features: Table, background: Table, rowIndex: number): ContrastTerm[] {
  const [difference, fact, foil] = [0, 1, 2].map((k) =>
    termsOf(values, values.estimates[k], features, background, rowIndex),
  );
  const by = (terms: typeof fact) =>
    new Map(terms.map(({ columns, contribution }) => [columns.join('\n'), contribution]));
  const [onFact, onFoil] = [by(fact), by(foil)];
  const isValue = values.estimates.length < 3;
  return difference.map((term) => {
    const key = term.columns.join('\n');
    return {
      ...term,
      onFact: isValue ? null : (onFact.get(key) ?? 0),
      onFoil: isValue ? null : (onFoil.get(key) ?? 0),
    };
  });
}

function cutWords({ asked, planned, nobody }: KernelValues): string {
  if (nobody === null) return 'Ended before any column had been looked at: no difference is explained.';
  return asked < planned
    ? `Ended after ${percentWords(asked / planned, 0)} of the coalitions of columns: the contributions are rough.`
    : 'Ended before the search for small changes was through: there may be smaller ones.';
}

function qualityOf(fidelity: number | null, isCut: boolean): Contrast['quality'] {
  const measure = 'R2 of the sum on other coalitions';
  if (fidelity === null)
    return {
      measure,
      value: null,
      words: isCut
        ? 'There was no time left to hold the sum to other coalitions of columns.'
        : 'The difference does not vary with the columns, so there is nothing to explain.',
    };
  const verdict =
    fidelity >= 0.8
      ? 'the contributions may be read one by one'
      : fidelity >= 0.5
        ? 'columns act together to some degree'
        : 'columns act together so much that single contributions say little';
  return {
    measure,
    value: fidelity,
    words: `On coalitions of columns that the estimate did not use, the sum follows the model with R2 ${fidelity.toFixed(2)}: ${verdict}.`,
  };
}
