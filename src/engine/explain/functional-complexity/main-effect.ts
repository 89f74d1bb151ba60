import { type Column, type Table, withColumns } from '../../data/table.ts';
import type { Predictor } from '../../models/predictor.ts';
import { predictScores, type Scores } from './additive-scale.ts';
import type { GridColumn } from './grid.ts';

/** What a column adds to the scores on its own. */
export interface MainEffect {
  /** [places x outputs] in the scores' unit, mean 0 over the rows; places without a row are 0. */
  readonly atPlaces: Float64Array;
  /** [outputs] where the value is missing. */
  readonly ofMissing: Float64Array;
  /** [places] rows at each place. */
  readonly counts: Uint32Array;
  readonly missing: number;
  readonly rows: number;
}

/**
 * First-order effect of one column. Numbers: accumulated local effects (Apley and Zhu 2020, section 3): the mean change over a step of
 * the grid, for the rows at either end of it, summed along the grid. Levels have no order to step along: the mean change from the
 * commonest level, for the rows that have the other; missing values the same, from the grid's middle.
 * @param table its rows on the grid
 * @param scores of these rows
 */
export async function mainEffect(
  predictor: Predictor,
  table: Table,
  grid: GridColumn,
  scores: Scores,
): Promise<MainEffect> {
  const counts = new Uint32Array(grid.places);
  for (const place of grid.placeOf) if (place >= 0) counts[place]++;
  const moved = (target: (place: number) => number) => changes(predictor, table, grid, scores, target);
  const { atPlaces, ofMissing } = grid.edges
    ? await alongNumbers(grid, scores.outputs, moved)
    : await fromCommonest(grid, counts, scores.outputs, moved);
  const rows = grid.placeOf.length;
  const missing = rows - counts.reduce((sum, count) => sum + count, 0);
  return centred({ atPlaces, ofMissing, counts, missing, rows }, scores.outputs);
}

type Moved = (target: (place: number) => number) => Promise<Float64Array>;

/** [rows x outputs] score with the column at another place, less the score as it is. */
async function changes(
  predictor: Predictor,
  rows: Table,
  grid: GridColumn,
  scores: Scores,
  target: (place: number) => number,
): Promise<Float64Array> {
  const after = await predictScores(predictor, withColumns(rows, [columnAt(grid, grid.placeOf.map(target))]));
  return after.values.map((value, i) => value - scores.values[i]);
}

function columnAt({ column, edges }: GridColumn, places: Int32Array): Column {
  if (column.kind === 'coded') return { ...column, codes: places };
  return { ...column, values: Float64Array.from(places, (place) => edges?.[place] ?? Number.NaN) };
}

async function alongNumbers({ placeOf, places }: GridColumn, outputs: number, moved: Moved) {
  const last = places - 1;
  const up = await moved((place) => (place < 0 ? place : Math.min(place + 1, last)));
  const down = await moved((place) => Math.max(place - 1, Math.min(place, 0)));
  const sums = new Float64Array(Math.max(0, last) * outputs);
  const rowsOfStep = new Uint32Array(Math.max(0, last));
  placeOf.forEach((place, row) => {
    if (place >= 0 && place < last) add(sums, rowsOfStep, place, up, row, 1, outputs);
    if (place > 0) add(sums, rowsOfStep, place - 1, down, row, -1, outputs);
  });
  const effects = new Float64Array(places * outputs);
  for (let i = outputs; i < effects.length; i++) {
    const step = i - outputs;
    effects[i] = effects[step] + sums[step] / rowsOfStep[Math.floor(step / outputs)];
  }
  return { atPlaces: effects, ofMissing: await ofMissingNumbers(placeOf, effects, last >> 1, outputs, moved) };
}

async function ofMissingNumbers(
  placeOf: Int32Array,
  effects: Float64Array,
  middle: number,
  outputs: number,
  moved: Moved,
): Promise<Float64Array> {
  const missing = new Float64Array(outputs);
  if (!placeOf.includes(-1) || effects.length === 0) return missing;
  const filled = await moved((place) => (place < 0 ? middle : place));
  const counts = new Uint32Array(1);
  placeOf.forEach((place, row) => {
    if (place < 0) add(missing, counts, 0, filled, row, -1, outputs);
  });
  return missing.map((sum, output) => effects[middle * outputs + output] + sum / counts[0]);
}

async function fromCommonest({ placeOf }: GridColumn, counts: Uint32Array, outputs: number, moved: Moved) {
  const commonest = counts.reduce((best, count, place) => (count > counts[best] ? place : best), 0);
  const sums = new Float64Array((counts.length + 1) * outputs);
  const rowsOf = new Uint32Array(counts.length + 1);
  if (counts.length > 0) {
    const changed = await moved(() => commonest);
    placeOf.forEach((place, row) => {
      add(sums, rowsOf, place < 0 ? counts.length : place, changed, row, -1, outputs);
    });
  }
  const effects = sums.map((sum, i) => sum / Math.max(1, rowsOf[Math.floor(i / outputs)]));
  return {
    atPlaces: effects.slice(0, counts.length * outputs),
    ofMissing: effects.slice(counts.length * outputs),
  };
}

function add(
  sums: Float64Array,
  counts: Uint32Array,
  at: number,
  changed: Float64Array,
  row: number,
  sign: 1 | -1,
  outputs: number,
): void {
  counts[at]++;
  for (let output = 0; output < outputs; output++)
    sums[at * outputs + output] += sign * changed[row * outputs + output];
}

function centred(effect: MainEffect, outputs: number): MainEffect {
  const { atPlaces, ofMissing, counts, missing, rows } = effect;
  for (let output = 0; output < outputs; output++) {
    let mean = (missing * ofMissing[output]) / rows;
    counts.forEach((count, place) => {
      mean += (count * atPlaces[place * outputs + output]) / rows;
    });
    counts.forEach((count, place) => {
      if (count > 0) atPlaces[place * outputs + output] -= mean;
    });
    if (missing > 0) ofMissing[output] -= mean;
  }
  return effect;
}
