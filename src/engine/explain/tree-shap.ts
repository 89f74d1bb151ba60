import { z } from 'zod';
import { UserError } from '../../shared/faults.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { TreeShap } from '../../shared/results/tree-shap.ts';
import { record, takeRows } from '../data/table.ts';
import { isTreeEnsemble, type Trees } from '../models/tree-ensemble.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainedModel, Explainer } from './explainer.ts';
import { Pauses } from './pauses.ts';
import { sampleRows } from './sample-rows.ts';
import { className, type OptionsOf, readOptions, whole } from './technique-options.ts';
import { scoreUnitOf, treeScoreOf } from './tree-shap/explained-score.ts';
import { gameOf } from './tree-shap/game-of.ts';
import { differenceFromModel, differenceWords } from './tree-shap/model-difference.ts';
import type { TreeGame, TreePlayers } from './tree-shap/tree-game.ts';

/** What may be set. */
const settable = z.strictObject({
  variant: z
    .enum(['path-dependent', 'interventional'])
    .default('path-dependent')
    .describe(
      'Where columns that are not known come from: the shares of training rows at the splits, or background rows.',
    ),
  background: whole(100, "Training rows behind 'interventional', a seeded sample."),
  class: className('Class to explain, of classes; default: the predicted one.'),
  rowCap: whole(200, "Rows on which the trees are compared with the model's predictions."),
});
export type TreeShapOptions = OptionsOf<typeof settable>;

/**
 * TreeSHAP (Lundberg et al. 2020), both variants: exact Shapley values of the sum of the leaves, in log odds where the model adds log
 * odds, in probabilities or values where it adds those. Throws a RangeError on an option out of range, an unknown class or row, a
 * UserError for a model that is not made of trees.
 */
export const treeShap: Explainer<TreeShapOptions, TreeShap> = {
  kind: 'tree-shap',
  title: 'What each column adds, by the trees',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  unsuited: unsuitedTrees,
  async explain(predictor, data, given, progress, signal, enough) {
    const { seed, row: rowIndex, settings: options } = readOptions(settable, given);
    checkRow(rowIndex, data);
    signal.throwIfAborted();
    if (!isTreeEnsemble(predictor)) throw noTrees();
    const { evaluation, train } = data;
    const counted = countPredictions(predictor, signal);
    const random = createRandom(seed);
    const row = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, options.class);
    const trees = predictor.trees();
    const checked = takeRows(
      evaluation.features,
      sampleRows(evaluation.features.rowCount, options.rowCap, random.fork('checked')),
    );
    const difference = await differenceFromModel(counted, predictor, trees, checked);
    const { game, players, ...basis } = gameOf(predictor, trees, options, train.features, random);
    const { score, sign } = treeScoreOf(trees, predictor.classes, output.index);
    const sums = await followed(trees, game, score, players, predictor.treeNumbers(row), progress, signal, enough);
    const base = sign * sums.base;
    const contributions = sums.contributions.map((value) => sign * value + 0);
    const cells = record(evaluation.features, rowIndex);
    const byColumn = new Map(players.columns.map((column, i) => [column, contributions[i]]));
    progress(1);
    return {
      kind: 'tree-shap',
      version: 1,
      question: 'why this prediction',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(sums.trees < trees.roots.length && {
        partial: `Only the first ${sums.trees} of ${countWords(trees.roots.length, 'tree')} were followed: contributions, base and what is explained are those of their sum.`,
      }),
      quality: qualityOf(difference, checked.rowCount),
      row: cells,
      rowIndex,
      ...(output.name !== undefined && { class: output.name }),
      unit: scoreUnitOf(trees, output.name, evaluation.info),
      base,
      explained: contributions.reduce((sum, value) => sum + value, base),
      terms: evaluation.features.columns
        .map(({ name }) => ({
          columns: [name],
          value: cells[name],
          contribution: byColumn.get(name) ?? 0,
          error: 0,
        }))
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
      variant: options.variant,
      ...basis,
      trees: trees.roots.length,
    };
  },
};

/** Why TreeSHAP has nothing to say of a model. */
export function unsuitedTrees({ learner, facts: { trees } }: ExplainedModel): string | undefined {
  if (trees === 'of raw columns') return undefined;
  const reason =
    trees === undefined
      ? `${learner} is not made of trees`
      : `the trees of this ${learner} ask for sums, products or ratios of several columns at once`;
  return `${reason}: kernel-shap estimates the same for any model.`;
}

const noTrees = () =>
  new UserError('no-trees', 'the scores of this model are no sums of leaves of trees that each ask for raw columns.', {
    advice: 'Choose kernel-shap, which estimates the same for any model.',
  });

/** Sums over the trees, as far as time allows; contributions: [players]. */
async function followed(
  trees: Trees,
  game: TreeGame,
  score: number,
  players: TreePlayers,
  numbers: Float64Array,
  progress: (share: number) => void,
  signal: AbortSignal,
  enough?: () => boolean,
): Promise<{ base: number; contributions: Float64Array; trees: number }> {
  const pauses = new Pauses(signal, enough);
  const contributions = new Float64Array(players.columns.length);
  let base = trees.start[score];
  for (let tree = 0; tree < trees.roots.length; tree++) {
    base += game.expected(tree, score);
    game.add(tree, score, numbers, numbers.length, contributions);
    progress((0.9 * tree) / trees.roots.length);
    if (await pauses.after(2 * game.work(tree))) return { base, contributions, trees: tree + 1 };
  }
  return { base, contributions, trees: trees.roots.length };
}

const qualityOf = (difference: number, rows: number): TreeShap['quality'] => ({
  measure: 'largest difference from the model',
  value: difference,
  words: differenceWords(difference, rows),
});
