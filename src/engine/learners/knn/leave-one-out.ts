import { UserError } from '../../../shared/faults.ts';
import type { Target } from '../../data/dataset.ts';
import type { InfluenceSettings, RowInfluences } from '../../models/influential.ts';
import { createRandom } from '../../random.ts';
import { Pace } from '../pace.ts';
import { rowLoss } from '../row-loss.ts';
import { addAnswer, type NeighbourAnswer } from './neighbour-answer.ts';
import type { ComparableRows, Neighbours, NeighbourTree } from './neighbour-tree.ts';

/** Comparisons of numbers that looking at training rows' own neighbours may take. */
const mostComparisons = 4e8;

/** A fitted model of neighbours. */
export interface FittedNeighbours {
  readonly tree: NeighbourTree;
  readonly stored: ComparableRows;
  readonly answer: NeighbourAnswer;
  readonly k: number;
  readonly prior: readonly number[];
}

/**
 * What the model would say without each training row, exactly: the row is taken out and its place filled by the next neighbour, and the prior is
 * that of the others. Preparation and scales stay as they are.
 * @param target of the training rows
 * @param positions the stored rows' positions among them
 * @param row the one to explain
 */
export async function leaveOneOut(
  { tree, stored, answer, k, prior }: FittedNeighbours,
  target: Target,
  positions: Uint32Array,
  row: ComparableRows,
  { mostRows, seed, signal }: InfluenceSettings,
): Promise<RowInfluences> {
  const pace = new Pace(signal);
  const outputs = prior.length;
  const others = priorsWithout(target, prior);
  const all = target.kind === 'classes' ? target.codes.length : target.values.length;
  const near = nearestOf(tree, row, 0, Math.min(k + 1, stored.rows));
  const usual = new Float64Array(outputs);
  const ofMost = firstOf(near, Math.min(k, stored.rows));
  addAnswer(answer, prior, ofMost, usual, 0);
  const rows = Uint32Array.from({ length: all }, (_, i) => i);
  const pushes = new Float64Array(all * outputs);
  const placeOf = new Map(Array.from(near.places, (place) => [positions[place], place]));
  const without = new Float64Array(outputs);
  for (let i = 0; i < all; i++) {
    const place = placeOf.get(i);
    addAnswer(answer, others(i), place === undefined ? ofMost : leftWithout(near, place, k), without, 0);
    for (let output = 0; output < outputs; output++) pushes[i * outputs + output] = usual[output] - without[output];
  }
  await pace.after(all * outputs);
  const own = await ownAnswers({ tree, stored, answer, k, prior }, target, positions, { mostRows, seed, signal }, pace);
  return {
    rows,
    pushes,
    ...own,
    words: 'Each row was taken out and the neighbours looked for again; only preparation and scales stay as they are.',
  };
}

/** What is said of training rows without themselves, and how much more they lose by that. */
async function ownAnswers(
  { tree, stored, answer, k, prior }: FittedNeighbours,
  target: Target,
  positions: Uint32Array,
  { mostRows, seed }: InfluenceSettings,
  pace: Pace,
): Promise<Pick<RowInfluences, 'ownRows' | 'said' | 'gains'>> {
  const outputs = prior.length;
  const others = priorsWithout(target, prior);
  const each = stored.rows * (stored.numbers + stored.coded + 2);
  const count = Math.min(stored.rows, mostRows, Math.max(50, Math.floor(mostComparisons / each)));
  const places = createRandom(seed).permutation(stored.rows).slice(0, count).sort();
  const said = new Float64Array(count * outputs);
  const gains = new Float64Array(count);
  const now = new Float64Array(outputs);
  for (const [i, place] of places.entries()) {
    const before = tree.compared;
    const near = nearestOf(tree, stored, place, Math.min(k + 1, stored.rows));
    addAnswer(answer, prior, firstOf(near, Math.min(k, stored.rows)), now, 0);
    const at = positions[place];
    const isNear = near.places.includes(place);
    addAnswer(answer, others(at), isNear ? leftWithout(near, place, k) : firstOf(near, k), said, i * outputs);
    gains[i] = rowLoss(said.subarray(i * outputs, (i + 1) * outputs), target, at) - rowLoss(now, target, at);
    await pace.after((tree.compared - before) * (stored.numbers + stored.coded + 2));
  }
  return { ownRows: Uint32Array.from(places, (place) => positions[place]), said, gains };
}

function nearestOf(tree: NeighbourTree, rows: ComparableRows, row: number, count: number): Neighbours {
  const found = { places: new Int32Array(count), distances: new Float64Array(count) };
  tree.find(rows, row, found);
  return found;
}

const firstOf = ({ places, distances }: Neighbours, count: number): Neighbours => ({
  places: places.subarray(0, count),
  distances: distances.subarray(0, count),
});

/** The nearest k of those found without one of them. */
function leftWithout({ places, distances }: Neighbours, place: number, k: number): Neighbours {
  const kept = [...places.keys()].filter((i) => places[i] !== place).slice(0, k);
  return {
    places: Int32Array.from(kept, (i) => places[i]),
    distances: Float64Array.from(kept, (i) => distances[i]),
  };
}

/** The prior of all training rows but one. */
function priorsWithout(target: Target, prior: readonly number[]): (row: number) => ArrayLike<number> {
  if (target.kind === 'values') {
    const rows = target.values.length;
    return (row) => [rows > 1 ? (prior[0] * rows - target.values[row]) / (rows - 1) : 0];
  }
  const rows = target.codes.length;
  const byClass = target.classes.map((_, left) =>
    prior.map((share, k) => (rows > 1 ? (share * rows - (k === left ? 1 : 0)) / (rows - 1) : 0)),
  );
  return (row) => byClass[target.codes[row]];
}

/** By their targets: a preparation may show a model its training rows otherwise than rows that come later. Throws a UserError on others. */
export function checkStored(kept: Int32Array | Float64Array, target: Target): void {
  const given = target.kind === 'classes' ? target.codes : target.values;
  let same = kept.length === given.length;
  for (let i = 0; same && i < kept.length; i++) same = kept[i] === given[i];
  if (same) return;
  throw new UserError('influence-rows', 'the model keeps other rows than this training part.', {
    advice: 'It was fitted on others. Choose examples, which compares rows without the fit.',
  });
}
