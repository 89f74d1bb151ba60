import type { TreeShap } from '../../../shared/results/tree-shap.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { TreeEnsemble, Trees } from '../../models/tree-ensemble.ts';
import type { Random } from '../../random.ts';
import { sampleRows } from '../sample-rows.ts';
import { Interventional } from './interventional.ts';
import { PathDependent } from './path-dependent.ts';
import { countedCover, type TreeGame, type TreePlayers, treePlayers } from './tree-game.ts';

/** Where a model does not say how many rows took which way, so many training rows are sent through its trees. */
const mostCoverRows = 10_000;

interface GameChoice {
  readonly variant: TreeShap['variant'];
  /** Background rows of 'interventional'. */
  readonly background: number;
}

/** The game of the chosen variant, and what it rests on. */
export function gameOf(
  ensemble: TreeEnsemble,
  trees: Trees,
  { variant, background: wanted }: GameChoice,
  train: Table,
  random: Random,
): { game: TreeGame; players: TreePlayers } & Pick<TreeShap, 'background' | 'coverRows'> {
  const inputs = ensemble.treeInputs();
  const players = treePlayers(
    trees,
    inputs.map(({ column }) => column),
  );
  const sampled = (rows: number, label: string) =>
    ensemble.treeNumbers(takeRows(train, sampleRows(train.rowCount, rows, random.fork(label))));
  if (variant === 'interventional') {
    if (train.rowCount === 0) throw new RangeError('there are no training rows for a background');
    const rows = Math.min(wanted, train.rowCount);
    const game = new Interventional(trees, players.player, sampled(wanted, 'background'), inputs.length, rows);
    return { game, players, background: { rows, available: train.rowCount } };
  }
  const { cover } = trees.nodes;
  if (cover) return { game: new PathDependent(trees, players.player, cover), players, background: null };
  const counted = countedCover(trees, sampled(mostCoverRows, 'cover'), inputs.length);
  const coverRows = Math.min(mostCoverRows, train.rowCount);
  return { game: new PathDependent(trees, players.player, counted), players, background: null, coverRows };
}
