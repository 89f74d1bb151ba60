import { type Column, type Table, takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import type { Asking } from '../asking.ts';
import { sampleRows } from '../sample-rows.ts';
import { inLevelsOf } from '../shapley/hybrid-rows.ts';
import { diverse } from './diverse.ts';
import { evolve } from './evolution.ts';
import { type ColumnEdits, type EditRules, type KeptColumn, permit, permittedEdits } from './permitted-edits.ts';
import { Plausibility } from './plausibility.ts';
import { type Candidate, Pool } from './pool.ts';
import { type Cells, cellsAt } from './row-cells.ts';
import { withFewerEdits, withSmallerEdits } from './smaller-edits.ts';
import type { WantedOutcome } from './wanted-outcome.ts';

export interface CounterfactualSettings {
  /** At most so many are given back. */
  readonly count: number;
  /** Training rows that are asked whether they are what is wanted, a seeded sample. */
  readonly seeds: number;
  readonly generations: number;
  /** A row is as plausible as its distance to this neighbour. */
  readonly neighbours: number;
  /** At most so many columns are edited, those first in which rows that are predicted as wanted differ most from the others. */
  readonly columns: number;
}

/** The training rows that a search begins from. */
export interface Seeds {
  readonly sample: Table;
  readonly available: number;
  /** Positions in the sample of those that are predicted as wanted. */
  readonly reached: readonly number[];
  /** [asked] as `WantedOutcome.reach`. */
  readonly reach: Float64Array;
  readonly asked: number;
  readonly plausibility: Plausibility;
}

/** Rows, columns and reference rows stay below this when multiplied. */
const [mostSeedCells, mostReferenceCells, mostReference] = [4_000_000, 2e7, 1000];

export async function seedsFor(
  train: Table,
  { seeds, neighbours }: CounterfactualSettings,
  wanted: WantedOutcome,
  asking: Asking,
  random: Random,
): Promise<Seeds> {
  const columns = Math.max(1, train.columns.length);
  const cap = Math.max(20, Math.min(seeds, Math.floor(mostSeedCells / columns)));
  const sample = takeRows(train, sampleRows(train.rowCount, cap, random));
  const answers = await asking.ask(sample);
  const reach = wanted.reach(answers);
  const reached = [...reach.keys()].filter((i) => reach[i] > 0);
  const reference = Math.min(mostReference, Math.max(20, Math.floor(Math.sqrt(mostReferenceCells / columns))));
  const plausibility = new Plausibility(
    takeRows(sample, sampleRows(sample.rowCount, reference, random.fork('reference'))),
    neighbours,
  );
  return { sample, available: train.rowCount, reached, reach, asked: answers.asked, plausibility };
}

export interface Found {
  readonly pool: Pool;
  /** Rows that the model predicts as wanted, the cheapest first. */
  readonly chosen: readonly Candidate[];
  /** Every set of columns by its cheapest, before any was chosen. */
  readonly candidates: readonly Candidate[];
  readonly kept: readonly KeptColumn[];
  /** Columns that might have been edited, and those that were. */
  readonly editable: number;
  readonly edited: number;
}

/** Rows that edits are made smaller of, and edits that are taken back to begin with. */
const [polished, mostReductions] = [60, 2000];

/**
 * Looks for sparse, plausible and diverse edits of a row (objectives of Mothilal et al. 2020, distance of Wachter et al. 2017) by a genetic
 * search that begins from training rows which the model predicts as wanted (Schleich et al. 2021) and from one column at a time. It
 * asks for predictions alone. Each edit that can be taken back is, and each number is brought as near as it goes.
 * @param row the row, with the columns of `train`
 * @param forbid rules whose breach is dear but possible, to see what stands in the way; absent: none
 */
export async function searchCounterfactuals(
  train: Table,
  row: Table,
  rules: EditRules,
  settings: CounterfactualSettings,
  wanted: WantedOutcome,
  seeds: Seeds,
  asking: Asking,
  random: Random,
  progress: (share: number) => void,
  forbid?: EditRules,
): Promise<Found> {
  const model = inLevelsOf(train, row);
  const own = cellsAt(model, 0);
  const { edits, kept } = permittedEdits(train, seeds.sample, model, rules);
  const strict = forbid && permittedEdits(train, seeds.sample, model, forbid).edits;
  const allowed = new Map(strict?.map((edit) => [edit.column, edit]));
  const isForbidden = (edit: ColumnEdits, value: number) => {
    const limits = allowed.get(edit.column);
    return strict !== undefined && value !== edit.own && (!limits || permit(limits, value) !== value);
  };
  const edited = mostTelling(edits, settings.columns, seeds);
  const pool = new Pool(model, edited, asking, wanted, seeds.plausibility, isForbidden);
  await pool.judge(await firstRows(pool, own, seeds));
  progress(0.3);
  await evolve(pool, own, settings.generations, random, (share) => progress(0.3 + 0.4 * share));
  const best = pool.ranked().filter(({ reach }) => reach > 0);
  const fewer = await withFewerEdits(
    pool,
    best.slice(0, polished).map(({ cells }) => cells),
  );
  progress(0.8);
  await pool.judge(await withSmallerEdits(pool, fewer));
  progress(0.95);
  const candidates = cheapestOfEach(pool);
  const picked = diverse(
    candidates.map(({ cost }) => cost),
    (a, b) => distanceOf(edited, candidates[a].cells, candidates[b].cells),
    settings.count,
    diversity,
  );
  return {
    pool,
    chosen: picked.map((i) => candidates[i]),
    candidates,
    kept,
    editable: edits.length,
    edited: edited.length,
  };
}

/** Of diversity against cost. */
const diversity = 1;

/** Nearest projections of the training rows that are as wanted, without what they do not need; every column by itself is judged before. */
async function firstRows(pool: Pool, own: Cells, { sample, reached }: Seeds): Promise<Cells[]> {
  // One column at a time first: where that does, nothing is smaller.
  await pool.judge(pool.edits.flatMap(({ column, probes }) => probes.map((value) => own.with(column, value))));
  const projected = reached.map((row) => {
    const cells = own.slice();
    const seed = cellsAt(sample, row);
    for (const edit of pool.edits) cells[edit.column] = permit(edit, seed[edit.column]);
    return cells;
  });
  const far = projected.map((cells) => distanceOf(pool.edits, cells, own));
  const most = Math.max(5, Math.min(polished, Math.ceil(mostReductions / Math.max(1, pool.edits.length))));
  const nearest = [...far.keys()].sort((a, b) => far[a] - far[b]).slice(0, most);
  const known = await pool.judge(nearest.map((i) => projected[i]));
  const fewer = await withFewerEdits(
    pool,
    known.filter(({ reach }) => reach > 0).map(({ cells }) => cells),
  );
  return fewer;
}

const distanceOf = (edits: readonly ColumnEdits[], a: Cells, b: Cells): number =>
  edits.reduce((sum, edit) => {
    const [from, to] = [a[edit.column], b[edit.column]];
    return sum + (from === to ? 0 : edit.kind === 'coded' ? 1 : Math.abs(from - to) / edit.scale);
  }, 0);

/** The cheapest of each set of changed columns. */
function cheapestOfEach(pool: Pool): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of pool.ranked()) {
    if (!(candidate.reach > 0)) continue;
    const key = pool
      .changed(candidate.cells)
      .map(({ column }) => column)
      .sort((a, b) => a - b)
      .join();
    if (!best.has(key)) best.set(key, candidate);
  }
  return [...best.values()].slice(0, polished);
}

/** Of very many columns those in which training rows that are predicted as wanted differ most from the others, in standard errors. */
function mostTelling(edits: readonly ColumnEdits[], most: number, seeds: Seeds): readonly ColumnEdits[] {
  if (edits.length <= most) return edits;
  const isReached = new Uint8Array(seeds.asked);
  for (const row of seeds.reached) isReached[row] = 1;
  const strength = edits.map((edit) => difference(seeds.sample.columns[edit.column], isReached));
  const order = [...edits.keys()].sort((a, b) => strength[b] - strength[a] || a - b);
  return order.slice(0, most).map((i) => edits[i]);
}

/** Between the means of two groups of rows; of levels, the largest between the shares of one. */
function difference(column: Column, group: Uint8Array): number {
  if (column.kind === 'numeric') return meanDifference((row) => column.values[row], group);
  const levels = Array.from({ length: Math.min(column.levels.length, comparedLevels) }, (_, level) => level);
  return levels.reduce(
    (most, level) =>
      Math.max(
        most,
        meanDifference((row) => +(column.codes[row] === level), group),
      ),
    0,
  );
}

const comparedLevels = 20;

function meanDifference(at: (row: number) => number, group: Uint8Array): number {
  const [counts, sums] = [new Float64Array(2), new Float64Array(2)];
  let squares = 0;
  for (let row = 0; row < group.length; row++) {
    const value = at(row);
    if (Number.isNaN(value)) continue;
    counts[group[row]]++;
    sums[group[row]] += value;
    squares += value * value;
  }
  const total = counts[0] + counts[1];
  const centre = (sums[0] + sums[1]) / total;
  const variance = squares / total - centre * centre;
  if (counts[0] === 0 || counts[1] === 0 || !(variance > 0)) return 0;
  return Math.abs(sums[0] / counts[0] - sums[1] / counts[1]) / Math.sqrt(variance * (1 / counts[0] + 1 / counts[1]));
}
