import { z } from 'zod';
import type { Contrast, ContrastTerm } from '../../shared/results/contrast.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { Asking } from './asking.ts';
import { additiveFidelity } from './contrast/additive-fidelity.ts';
import { contrastedOutputs, contrasting } from './contrast/contrasted-outputs.ts';
import { countPredictions } from './counted-predictor.ts';
import { editRuleOptions, withRules } from './counterfactuals/edit-rule-options.ts';
import { type CounterfactualSettings, type Seeds, searchCounterfactuals, seedsFor } from './counterfactuals/search.ts';
import { rowsOf, toldAgain } from './counterfactuals/told-again.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { termsOf } from './kernel-shap.ts';
import { sampleRows } from './sample-rows.ts';
import { type KernelValues, kernelValues } from './shapley/kernel-values.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  against: z.union([z.string(), z.number()]).optional().meta({
    description:
      'What might have been said: a class (default: the runner-up) or a value (default: the median of the training target).',
    of: 'class or value',
  }),
  samples: z
    .int()
    .min(1)
    .optional()
    .describe('Coalitions of columns that are asked, all of them where there are no more; default: 2 columns + 2,048.'),
  background: whole(50, 'Training rows of the other class that the row is compared with.'),
  columns: whole(100, 'Columns that are told apart; the others are one.'),
  count: whole(3, 'Smallest changes that are told.'),
  ...editRuleOptions,
});
export type ContrastOptions = OptionsOf<typeof settable>;

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
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings: read } = readOptions(settable, given);
    const settings = withRules(read, data);
    check(rowIndex, data);
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

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows to compare with');
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
