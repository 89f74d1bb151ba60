import { UserError } from '../../shared/faults.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { TreeShap } from '../../shared/results/tree-shap.ts';
import { record, takeRows } from '../data/table.ts';
import { isTreeEnsemble, type Trees } from '../models/tree-ensemble.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import type { ExplainData, ExplainedModel, Explainer, ExplainOptions } from './explainer.ts';
import { Pauses } from './pauses.ts';
import { sampleRows } from './sample-rows.ts';
import { scoreUnitOf, treeScoreOf } from './tree-shap/explained-score.ts';
import { gameOf } from './tree-shap/game-of.ts';
import { differenceFromModel, differenceWords } from './tree-shap/model-difference.ts';
import type { TreeGame, TreePlayers } from './tree-shap/tree-game.ts';

export interface TreeShapOptions extends ExplainOptions {
  /** Where columns that are not known come from: default 'path-dependent', the shares of training rows at the splits. */
  readonly variant?: TreeShap['variant'];
  /** Training rows behind 'interventional', a seeded sample; default 100. */
  readonly background?: number;
  /** Class to explain; default: the predicted one. Classification only. */
  readonly class?: string;
  /** Rows on which the trees are compared with the model's predictions; default 200. */
  readonly rowCap?: number;
}

const defaults = { variant: 'path-dependent' as TreeShap['variant'], background: 100, rowCap: 200 };

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
  unsuited: unsuitedTrees,
  async explain(predictor, data, given, progress, signal, enough) {
    const { seed, row: rowIndex = 0, ...options } = { ...defaults, ...given };
    check(options, rowIndex, data);
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

type Settings = typeof defaults & { readonly class?: string };

function check(options: Settings, row: number, { evaluation, part }: ExplainData): void {
  for (const name of ['background', 'rowCap'] as const)
    if (!Number.isInteger(options[name]) || options[name] < 1)
      throw new RangeError(`${name} must be a whole number from 1, not ${options[name]}`);
  if (options.variant !== 'path-dependent' && options.variant !== 'interventional')
    throw new RangeError(`variant must be path-dependent or interventional, not ${options.variant}`);
  const rows = evaluation.features.rowCount;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new RangeError(`there is no row ${row} in the ${part} part of ${rows} rows`);
}

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
