import { type Table, takeRows } from '../../data/table.ts';
import type { Predictor } from '../../models/predictor.ts';
import type { TreeEnsemble } from '../../models/tree-ensemble.ts';
import type { Random } from '../../random.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainData } from '../explainer.ts';
import { Pauses } from '../pauses.ts';
import type { Hearing, RowEffects } from '../shapley/row-effects.ts';
import { scoreUnitOf } from './explained-score.ts';
import { gameOf } from './game-of.ts';
import { differenceFromModel, differenceWords } from './model-difference.ts';

/** Rows on which the trees are compared with the model's predictions. */
const checkedRows = 100;
/** Rows that follow a tree together, once it has been seen that there is time. */
const mostAtOnce = 32;

/** TreeSHAP of these rows, of the second of two classes or of all of several. */
export async function treeEffects(
  ensemble: Predictor & TreeEnsemble,
  counted: CountedPredictor,
  { train, evaluation }: ExplainData,
  rows: Table,
  random: Random,
  { signal, enough, progress }: Hearing,
): Promise<RowEffects> {
  const trees = ensemble.trees();
  const checked = takeRows(rows, [...Array(Math.min(checkedRows, rows.rowCount)).keys()]);
  const difference = await differenceFromModel(counted, ensemble, trees, checked);
  const { game, players } = gameOf(
    ensemble,
    trees,
    { variant: 'path-dependent', background: 1 },
    train.features,
    random,
  );
  const columns = rows.columns.map(({ name }) => name);
  const placeOf = players.columns.map((column) => columns.indexOf(column));
  const { classes: scored = [] } = trees;
  const scores = scored.length === 2 ? [1] : Array.from(trees.start.keys());
  const effects = scores.map(() => new Float64Array(rows.rowCount * columns.length));
  const numbers = ensemble.treeNumbers(rows);
  const inputs = ensemble.treeInputs().length;
  const pauses = new Pauses(signal, enough);
  let done = 0;
  let isEnough = false;
  for (let block = 1; done < rows.rowCount && !isEnough; block = Math.min(mostAtOnce, 2 * block)) {
    const count = Math.min(block, rows.rowCount - done);
    const own = numbers.subarray(done * inputs, (done + count) * inputs);
    for (const [k, score] of scores.entries()) {
      const contributions = new Float64Array(count * players.columns.length);
      for (let tree = 0; tree < trees.roots.length; tree++) {
        game.add(tree, score, own, inputs, contributions);
        isEnough = (await pauses.after(count * game.work(tree))) || isEnough;
      }
      for (let row = 0; row < count; row++)
        for (const [player, place] of placeOf.entries())
          effects[k][(done + row) * columns.length + place] = contributions[row * placeOf.length + player];
    }
    done += count;
    progress(0.2 + (0.8 * done) / rows.rowCount);
  }
  const explained = scores.map((score) => scored[score]).filter((name) => name !== undefined);
  return {
    columns,
    rows: done,
    effects,
    classes: explained,
    unit:
      explained.length > 1
        ? `${trees.scale === 'predictions' ? 'probability' : 'score before softmax'} of each class`
        : scoreUnitOf(trees, explained[0], evaluation.info),
    words: differenceWords(difference, checked.rowCount),
  };
}
