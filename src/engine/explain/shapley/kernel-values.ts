import type { Table } from '../../data/table.ts';
import { takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import { type CoalitionPlan, pairCount, planCoalitions } from './coalition-plan.ts';
import { CoalitionValues } from './coalition-values.ts';
import { HybridRows } from './hybrid-rows.ts';
import { fitShapley, type ShapleyEstimate } from './kernel-regression.ts';
import { differingColumns, type Player, playersOf } from './players.ts';
import { beyondRounding } from './rounding.ts';

export interface KernelSettings {
  /** Coalitions to ask; absent: 2 players + 2048 (Lundberg and Lee's package). */
  readonly samples?: number;
  /** More columns than this are not told apart: the weakest are one player. */
  readonly columns: number;
}

export interface KernelValues {
  readonly players: readonly Player[];
  /** [outputs] mean prediction of the background rows; null where not even that was asked. */
  readonly nobody: readonly number[] | null;
  /** [outputs] of all players; where `isWhole` is false and the columns could not be told apart, of the first players alone. */
  readonly estimates: readonly ShapleyEstimate[];
  /** Coalitions that were asked, and those that were planned. */
  readonly asked: number;
  readonly planned: number;
  /** Every coalition was asked: nothing is estimated. */
  readonly isExact: boolean;
}

/** Background rows by which the strongest of very many columns are found. */
const screeningRows = 4;

/**
 * KernelSHAP of one row, for all numbers of a prediction at once. Columns in which the row does not differ from any background row are no
 * players. all: [outputs] the row's own prediction.
 */
export async function kernelValues(
  counted: CountedPredictor,
  row: Table,
  background: Table,
  all: Float64Array,
  { samples, columns }: KernelSettings,
  random: Random,
  enough: () => boolean,
  progress: (share: number) => void,
): Promise<KernelValues> {
  const differing = differingColumns(row, background);
  const isWide = differing.length > columns;
  const strengths = isWide
    ? await screened(counted, row, background, differing, all, enough, (share) => progress(share / 3))
    : [];
  const players = playersOf(differing, strengths, columns);
  const plan = planCoalitions(players.length, Math.ceil((samples ?? 2 * players.length + 2048) / 2), random);
  const { members, places } = distinct(plan);
  const hybrid = new HybridRows(row, background, withRest(players, background.columns.length));
  const outputs = all.length;
  const asking = new CoalitionValues(counted, hybrid, background.columns.length, players.length + 1);
  const { values, asked } = await asking.ask(members, outputs, enough, (share) =>
    progress(isWide ? (1 + 2 * share) / 3 : share),
  );
  const planned = members.length / (players.length + 1);
  const known = knownPairs(places, asked);
  const paid = (k: number) => gamePayments(values, outputs, k, places, known, all[k]);
  return {
    players,
    nobody: asked > 0 ? Array.from({ length: outputs }, (_, k) => values[k]) : null,
    estimates: asked > 0 ? Array.from(all, (_, k) => cleaned(estimate(plan, paid(k)), values[k], all[k])) : [],
    asked: asked + 1,
    planned: planned + 1,
    isExact: plan.sampledShare === 0 && asked === planned,
  };
}

/** The columns that are no players are never the row's own: one more player, who joins nobody. */
export const withRest = (players: readonly Player[], columns: number): Player[] => {
  const taken = new Set(players.flat());
  return [...players, Array.from({ length: columns }, (_, j) => j).filter((j) => !taken.has(j))];
};

/** [columns] how far each column's own value alone moves the predictions of a few background rows. */
async function screened(
  counted: CountedPredictor,
  row: Table,
  background: Table,
  columns: readonly number[],
  all: Float64Array,
  enough: () => boolean,
  progress: (share: number) => void,
): Promise<Float64Array> {
  const few = takeRows(background, [...Array(Math.min(screeningRows, background.rowCount)).keys()]);
  const players = withRest(
    columns.map((column) => [column]),
    few.columns.length,
  );
  const asking = new CoalitionValues(counted, new HybridRows(row, few, players), few.columns.length, players.length);
  const members = new Uint8Array((columns.length + 1) * players.length);
  for (let i = 0; i < columns.length; i++) members[(i + 1) * players.length + i] = 1;
  const { values, asked } = await asking.ask(members, all.length, enough, progress);
  return Float64Array.from(columns, (_, i) => {
    let moved = 0;
    if (i + 1 < asked)
      for (let k = 0; k < all.length; k++) moved += Math.abs(values[(i + 1) * all.length + k] - values[k]);
    return moved;
  });
}

/** The coalitions of a plan without repeats, nobody first; places: [2 pairs] of each coalition and its complement among them. */
function distinct({ players, members, sizes }: CoalitionPlan): { members: Uint8Array; places: Uint32Array } {
  const found = new Map<string, number>();
  const places = new Uint32Array(2 * sizes.length);
  const listed: Uint8Array[] = [new Uint8Array(players + 1)];
  const placeOf = (coalition: Uint8Array): number => {
    const key = coalition.join('');
    const known = found.get(key);
    if (known !== undefined) return known;
    found.set(key, listed.length);
    listed.push(coalition);
    return listed.length - 1;
  };
  for (let pair = 0; pair < sizes.length; pair++) {
    const own = new Uint8Array(players + 1);
    own.set(members.subarray(pair * players, (pair + 1) * players));
    places[2 * pair] = placeOf(own);
    places[2 * pair + 1] = placeOf(own.map((member, i) => (i < players ? 1 - member : 0)));
  }
  return { members: Uint8Array.from(Buffer.concat(listed)), places };
}

/** Pairs from the first on of which both are known. */
function knownPairs(places: Uint32Array, asked: number): number {
  const missing = places.findIndex((place) => place >= asked);
  return missing < 0 ? places.length / 2 : missing >> 1;
}

const gamePayments = (
  values: Float64Array,
  outputs: number,
  k: number,
  places: Uint32Array,
  pairs: number,
  all: number,
) => ({
  coalitions: Float64Array.from({ length: pairs }, (_, pair) => values[places[2 * pair] * outputs + k]),
  complements: Float64Array.from({ length: pairs }, (_, pair) => values[places[2 * pair + 1] * outputs + k]),
  nobody: values[k],
  all,
});

/** Without what rounding made. */
function cleaned({ values, errors }: ShapleyEstimate, nobody: number, all: number): ShapleyEstimate {
  const size = Math.max(Math.abs(nobody), Math.abs(all));
  return {
    values: values.map((value) => beyondRounding(value, size)),
    errors: errors === null ? null : errors.map((error) => beyondRounding(error, size)),
  };
}

/**
 * The fit; where time ended before each player was asked alone, the mean of what the asked ones add to nobody and to all others, of which
 * nobody knows how wrong it is.
 */
function estimate(plan: CoalitionPlan, game: Parameters<typeof fitShapley>[1]): ShapleyEstimate {
  const { players } = plan;
  const total = game.all - game.nobody;
  if (players === 0) return { values: new Float64Array(0), errors: new Float64Array(0) };
  if (players === 1) return { values: Float64Array.of(total), errors: new Float64Array(1) };
  if (game.coalitions.length >= pairCount(players, 1)) return fitShapley(plan, game);
  const values = Float64Array.from(
    game.coalitions,
    (paid, player) => (paid - game.nobody + game.all - game.complements[player]) / 2,
  );
  return { values, errors: null };
}
