import { UserError } from '../../../shared/faults.ts';
import type { Dataset, Target } from '../../data/dataset.ts';
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import { linearScores, type SparseRows, sparseRows } from '../../data/encoders/sparse-rows.ts';
import type { Table } from '../../data/table.ts';
import { type InfluenceSettings, mostTracedWeights, type RowInfluences } from '../../models/influential.ts';
import { dot } from '../../numerics/dot.ts';
import { solveInPlace } from '../../numerics/linear-system.ts';
import { createRandom } from '../../random.ts';
import { standardDeviation } from '../../statistics/mean.ts';
import { Pace } from '../pace.ts';
import { rowLoss } from '../row-loss.ts';
import { ConvexFit, scoreCurvature } from './convex-fit.ts';
import { type LinearInputsState, restoreLinearInputs } from './inputs.ts';
import { probabilitiesOf } from './logistic-loss.ts';
import type { FittedPenalty } from './weight-errors.ts';

/** Multiplications of all rows together, and of one step of a refit. */
const [mostMultiplications, mostOfRefit] = [4e8, 4e6];
/** Of the mean slope along an intercept, in deviations of the rows': nothing holds an intercept but the rows. */
const mostSlope = 0.02;

/** A linear model as it was fitted: scores are weights'x + bias, one, or one a class. */
export interface FittedLinear {
  readonly state: LinearInputsState;
  /** [columns + 1, outputs], the biases last. */
  readonly weights: Float64Array;
  readonly outputs: number;
}

/** Whether it is known what the model is the minimum of, and it still is. */
export const isTraceable = ({ penalty, edited }: LinearInputsState): boolean =>
  penalty !== undefined && !penalty.weighted && !penalty.robust && !edited;

/**
 * Influence functions (Koh and Liang 2017, equation 1, the inverse curvature by a direct solve), each corrected for what the row itself adds to
 * the curvature (Sherman-Morrison: one Newton step of the fit without it; exact for squared errors). Of an L1 penalty the weights that it left
 * are followed, those at 0 taken to stay there.
 */
export async function linearInfluences(
  { state, weights, outputs }: FittedLinear,
  train: Dataset,
  row: Table,
  { mostRows, seed, signal }: InfluenceSettings,
): Promise<RowInfluences> {
  const pace = new Pace(signal);
  const inputs = restoreLinearInputs(state);
  const penalty = state.penalty!;
  const kept = keptColumns(weights, outputs, penalty);
  const chosen = (encoded: EncodedMatrix) => sparseRows(kept ? columnsOf(encoded, kept) : encoded);
  const x = chosen(inputs.encode(train.features));
  const columns = kept ?? Array.from({ length: x.columns }, (_, j) => j);
  if ((x.columns + 1) * outputs > mostTracedWeights) throw tooManyWeights((x.columns + 1) * outputs);
  const { target } = train;
  const ridge = (j: number) => (typeof penalty.ridge === 'number' ? penalty.ridge : penalty.ridge[columns[j]]);
  const own = takenWeights(weights, columns, outputs);
  const fit = await ConvexFit.of({ x, target, weights: own, outputs, ridge, keepsZeros: penalty.lasso }, pace);
  if (!isSettled(fit)) throw otherRows();
  const each = (x.values.length / Math.max(1, x.rows) + 1) ** 2 * outputs ** 2 + outputs ** 3;
  const count = Math.min(x.rows, mostRows, Math.max(50, Math.floor(mostMultiplications / each)));
  const rows = createRandom(seed).permutation(x.rows).slice(0, count).sort();
  const scores = linearScores(x, own, outputs);
  const explained = chosen(inputs.encode(row));
  const outputOf = answersOf(target, outputs);
  const isClasses = target.kind === 'classes';
  const width = isClasses ? target.classes.length : 1;
  const usual = linearScores(explained, own, outputs);
  const before = outputOf(usual);
  const pushes = new Float64Array(count * width);
  const said = new Float64Array(count * width);
  const gains = new Float64Array(count);
  const reach = reachOf(fit, explained);
  for (let place = 0; place < count; place++) {
    const at = rows[place];
    const ownScores = scores.slice(at * outputs, (at + 1) * outputs);
    const ownReach = curvatureAt(fit, at);
    const slopes = slopesWithout(fit, at, ownScores, ownReach, isClasses);
    const change = alongReach(fit, at, slopes, reach);
    const without = outputOf(usual.map((score, k) => score + change[k]));
    for (let k = 0; k < width; k++) pushes[place * width + k] = before[k] - without[k];
    const left = outputOf(ownScores.map((score, k) => score + dot(slopes, ownReach.subarray(k * outputs))));
    said.set(left, place * width);
    gains[place] = rowLoss(left, target, at) - rowLoss(outputOf(ownScores), target, at);
    await pace.after(2 * each);
  }
  return {
    rows,
    pushes,
    ownRows: rows,
    said,
    gains,
    words: wordsOf(penalty, own, target),
    ...(fit.work <= mostOfRefit && {
      async refit(place) {
        const refitted = await fit.without(rows[place], pace);
        return refitted && outputOf(linearScores(explained, refitted, outputs));
      },
    }),
  };
}

function wordsOf({ lasso }: FittedPenalty, own: Float64Array, target: Target): string {
  const how =
    target.kind === 'values'
      ? 'What the model would be without a row is calculated by the curvature of its loss; preparation, scales and penalty stay as they are'
      : 'What the model would be without a row is one Newton step along the curvature of its loss (influence functions); preparation, scales and penalty stay as they are';
  const left = own.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);
  return lasso ? `${how}, and so do the weights that the L1 penalty set to 0: the other ${left} move.` : `${how}.`;
}

/** Those with a weight, where an L1 penalty has chosen; null: all. */
function keptColumns(weights: Float64Array, outputs: number, { lasso }: FittedPenalty): number[] | null {
  if (!lasso) return null;
  const columns = weights.length / outputs - 1;
  return Array.from({ length: columns }, (_, j) => j).filter((j) =>
    weights.subarray(j * outputs, (j + 1) * outputs).some((weight) => weight !== 0),
  );
}

function columnsOf({ rows, columns, values }: EncodedMatrix, kept: readonly number[]): EncodedMatrix {
  const chosen = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row++)
    kept.forEach((j, place) => {
      chosen[row * kept.length + place] = values[row * columns + j];
    });
  return { rows, columns: kept.length, values: chosen };
}

const takenWeights = (weights: Float64Array, columns: readonly number[], outputs: number): Float64Array =>
  Float64Array.from(
    [...columns, weights.length / outputs - 1].flatMap((j) => [...weights.subarray(j * outputs, (j + 1) * outputs)]),
  );

/** Whether the slopes along the intercepts cancel out, as at a minimum. */
function isSettled({ slopes, problem: { x, outputs, target } }: ConvexFit): boolean {
  // A class without rows is pushed away without end, and a minimum is found to some digits only.
  const slack = target.kind === 'classes' ? 1e-3 : 1e-6 * Math.max(1, Math.abs(target.values[0]));
  for (let k = 0; k < outputs; k++) {
    const own = slopes.filter((_, at) => at % outputs === k);
    const mean = own.reduce((sum, slope) => sum + slope, 0) / Math.max(1, x.rows);
    if (Math.abs(mean) > mostSlope * standardDeviation(own) + slack) return false;
  }
  return true;
}

const otherRows = () =>
  new UserError('influence-rows', 'the model is not at the minimum of its loss on these training rows.', {
    advice: 'It was fitted on others, or its fit ended early. Choose examples, which compares rows without the fit.',
  });

const tooManyWeights = (count: number) =>
  new UserError(
    'influence-weights',
    `influence functions turn a matrix of all weights over: at most ${mostTracedWeights}, and these are ${count}.`,
    { advice: 'Choose examples, which shows the training rows most like it.' },
  );

const answersOf =
  (target: Target, outputs: number) =>
  (scores: Float64Array): Float64Array =>
    target.kind === 'classes' ? probabilitiesOf(scores.slice(), outputs) : scores.slice();

/**
 * The slopes of a row's loss as its leaving would turn them: (I - W A)^-1 r, with W the curvature of its loss by its scores and A how far a push
 * on them moves them. Along the inverse curvature they are the change of the weights.
 */
function slopesWithout(
  fit: ConvexFit,
  row: number,
  scores: Float64Array,
  a: Float64Array,
  isClasses: boolean,
): Float64Array {
  const { outputs } = fit.problem;
  const slopes = fit.slopes.slice(row * outputs, (row + 1) * outputs);
  const w = scoreCurvature(scores, isClasses);
  const system = new Float64Array(outputs ** 2);
  for (let k = 0; k < outputs; k++)
    for (let l = 0; l < outputs; l++) {
      let product = 0;
      for (let m = 0; m < outputs; m++) product += w[k * outputs + m] * a[m * outputs + l];
      system[k * outputs + l] = (k === l ? 1 : 0) - product;
    }
  const turned = slopes.slice();
  return solveInPlace(system, outputs, turned) ? turned : slopes;
}

/** [outputs, squared] x' H^-1 x of a training row, one for each two scores. */
function curvatureAt({ inverse, size, problem: { x, outputs } }: ConvexFit, row: number): Float64Array {
  const a = new Float64Array(outputs ** 2);
  const [from, to] = [x.starts[row], x.starts[row + 1]];
  for (let i = from; i <= to; i++) {
    const value = i < to ? x.values[i] : 1;
    const base = (i < to ? x.indices[i] : x.columns) * outputs;
    for (let j = from; j <= to; j++) {
      const product = value * (j < to ? x.values[j] : 1);
      const at = base * size + (j < to ? x.indices[j] : x.columns) * outputs;
      for (let k = 0; k < outputs; k++)
        for (let l = 0; l < outputs; l++) a[k * outputs + l] += product * inverse[at + k * size + l];
    }
  }
  return a;
}

/** [outputs x weights] H^-1 z of the only row z, for each of its scores. */
function reachOf({ inverse, size, problem: { outputs } }: ConvexFit, z: SparseRows): Float64Array {
  const reach = new Float64Array(outputs * size);
  for (let i = 0; i <= z.starts[1]; i++) {
    const isBias = i === z.starts[1];
    const value = isBias ? 1 : z.values[i];
    for (let k = 0; k < outputs; k++) {
      const from = ((isBias ? z.columns : z.indices[i]) * outputs + k) * size;
      for (let at = 0; at < size; at++) reach[k * size + at] += value * inverse[from + at];
    }
  }
  return reach;
}

/** [outputs] how a change of the weights by a training row moves the scores that reach so far. */
function alongReach(
  { size, problem: { x, outputs } }: ConvexFit,
  row: number,
  slopes: Float64Array,
  reach: Float64Array,
): Float64Array {
  const change = new Float64Array(outputs);
  const [from, to] = [x.starts[row], x.starts[row + 1]];
  for (let i = from; i <= to; i++) {
    const value = i < to ? x.values[i] : 1;
    const base = (i < to ? x.indices[i] : x.columns) * outputs;
    for (let k = 0; k < outputs; k++)
      for (let l = 0; l < outputs; l++) change[k] += value * slopes[l] * reach[k * size + base + l];
  }
  return change;
}
