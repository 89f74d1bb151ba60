import { type Table, takeRows } from '../../data/table.ts';
import type { Predictor } from '../../models/predictor.ts';
import type { Random } from '../../random.ts';
import { sampleRows } from '../sample-rows.ts';
import { predictScores, type Scores } from './additive-scale.ts';
import { type GridColumn, gridOf } from './grid.ts';
import { type MainEffect, mainEffect } from './main-effect.ts';
import { type Curve, leastCoefficients, tolerance } from './piecewise.ts';

export interface FunctionalComplexity {
  /** Share of the scores' variance that is not a sum of functions of single columns: 0 for such a sum, about 1 for an exclusive or. */
  readonly interactionStrength: number;
  /**
   * Coefficients that a main effect takes to be drawn, mean over the columns by the variance of their effects: 1 where all are
   * straight lines.
   */
  readonly mainEffectComplexity: number;
}

/** Rows that are looked at: fewer where there are many columns, so that at most so many cells are. */
const [mostRows, fewestRows, mostCells] = [500, 100, 50_000];

/**
 * How complex a model is, measured on its predictions alone by functional decomposition (Molnar, Casalicchio and Bischl 2019, sections
 * 4.2 and 4.3): interaction strength and main effect complexity, on the scale that `additiveScale` says.
 * @param rows that it was not fitted on; a seeded sample of them is looked at
 * @param used columns that it uses: the others have no effect
 */
export async function functionalComplexity(
  predictor: Predictor,
  rows: Table,
  used: readonly string[],
  random: Random,
  signal: AbortSignal,
): Promise<FunctionalComplexity> {
  const cap = Math.max(fewestRows, Math.min(mostRows, Math.floor(mostCells / Math.max(1, used.length))));
  const grids = gridOf(takeRows(rows, sampleRows(rows.rowCount, cap, random)));
  const onGrid = { rowCount: Math.min(cap, rows.rowCount), columns: grids.map(({ column }) => column) };
  const scores = await predictScores(predictor, onGrid);
  const left = centredScores(scores);
  const total = sumOfSquares(left);
  let [variance, weighted] = [0, 0];
  for (const grid of grids.filter(({ column }) => used.includes(column.name))) {
    signal.throwIfAborted();
    const effect = await mainEffect(predictor, onGrid, grid, scores);
    subtract(left, effect, grid, scores.outputs);
    for (let output = 0; output < scores.outputs; output++) {
      const own = varianceOf(effect, output, scores.outputs);
      variance += own;
      if (own > 0) weighted += own * coefficientsOf(effect, grid, output, scores.outputs, own);
    }
  }
  // Rounding alone leaves some 1e-16 of the scores, which is no effect where the model is a constant.
  const isConstant = total <= 1e-20 * sumOfSquares(scores.values);
  const strength = isConstant ? 0 : sumOfSquares(left) / total;
  return {
    // Else of two sums the one that is rounded better would count as the simpler.
    interactionStrength: strength < 1e-12 ? 0 : strength,
    mainEffectComplexity: isConstant || variance === 0 ? 0 : weighted / variance,
  };
}

const sumOfSquares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);

function centredScores({ values, outputs }: Scores): Float64Array {
  const means = new Float64Array(outputs);
  values.forEach((value, i) => {
    means[i % outputs] += (value * outputs) / values.length;
  });
  return values.map((value, i) => value - means[i % outputs]);
}

function subtract(left: Float64Array, { atPlaces, ofMissing }: MainEffect, { placeOf }: GridColumn, outputs: number) {
  placeOf.forEach((place, row) => {
    for (let output = 0; output < outputs; output++)
      left[row * outputs + output] -= place < 0 ? ofMissing[output] : atPlaces[place * outputs + output];
  });
}

/** Mean square of the effect over the rows. */
function varianceOf(
  { atPlaces, ofMissing, counts, missing, rows }: MainEffect,
  output: number,
  outputs: number,
): number {
  let squares = missing * ofMissing[output] ** 2;
  counts.forEach((count, place) => {
    squares += count * atPlaces[place * outputs + output] ** 2;
  });
  return squares / rows;
}

/** The curve's, and one more for missing values where they do not count as some other value of the column. */
function coefficientsOf(
  effect: MainEffect,
  { edges }: GridColumn,
  output: number,
  outputs: number,
  own: number,
): number {
  const { atPlaces, ofMissing, counts, missing } = effect;
  const places = [...counts.keys()].filter((place) => counts[place] > 0);
  const height = (place: number) => atPlaces[place * outputs + output];
  // Levels stand in no order but that of their effects.
  if (!edges) places.sort((a, b) => height(a) - height(b));
  const curve: Curve = {
    x: Float64Array.from(places, (place, at) => edges?.[place] ?? at),
    y: Float64Array.from(places, height),
    weight: Float64Array.from(places, (place) => counts[place]),
  };
  const apart = curve.y.reduce((least, y) => Math.min(least, (y - ofMissing[output]) ** 2), Number.POSITIVE_INFINITY);
  const missingCounts = missing > 0 && missing * apart > tolerance * own * effect.rows;
  return leastCoefficients(curve, edges !== undefined) + (missingCounts ? 1 : 0);
}
