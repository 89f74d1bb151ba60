import { type Dataset, type Target, takeTarget } from '../../data/dataset.ts';
import { sparseRows } from '../../data/encoders/sparse-rows.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { InfluenceSettings, RowInfluences } from '../../models/influential.ts';
import { type LayerGraph, type LayerWeights, planGraph } from '../../networks/layer-graph.ts';
import { sizeOf } from '../../networks/layers/plan.ts';
import { softmaxRows } from '../../numerics/softmax.ts';
import { createRandom } from '../../random.ts';
import { ConvexFit } from '../linear/convex-fit.ts';
import { Pace } from '../pace.ts';
import { withLayers } from './fit-layers.ts';
import { type NetworkRows, tensorOfRange } from './network-rows.ts';
import type { TargetScale } from './training-rows.ts';

/** The dense layer that a network ends with, one a member, and what enters it. */
export interface LastLayer {
  readonly members: number;
  readonly width: number;
  readonly outputs: number;
  /** [members x width x outputs] */
  readonly kernel: Float32Array | Float64Array;
  /** [members x outputs] */
  readonly bias: Float32Array | Float64Array;
  /** Multiplications a row of the layers before it. */
  readonly work: number;
  /** [members x rows x width] */
  inputs(rows: Table, signal: AbortSignal): Promise<Float32Array>;
}

/** Of a network of layers; undefined where it ends otherwise. */
export function lastLayerOf(
  graph: LayerGraph,
  weights: LayerWeights,
  encode: (rows: Table, signal?: AbortSignal) => NetworkRows | Promise<NetworkRows>,
): LastLayer | undefined {
  const { layers, input } = graph;
  const last = layers.at(-1);
  if (layers.length < 2 || (last?.kind !== 'dense' && last?.kind !== 'member-dense')) return undefined;
  const front: LayerGraph = { input, layers: layers.slice(0, -1) };
  const { copies, output, work } = planGraph(front);
  const name = `${layers.length}-${last.kind}`;
  return {
    members: copies,
    width: sizeOf(output),
    outputs: last.units,
    kernel: weights[`${name}/kernel`],
    bias: weights[`${name}/bias`],
    work,
    async inputs(table, signal) {
      const rows = await encode(table, signal);
      const pace = new Pace(signal, multiplicationsBetweenTurns);
      const width = sizeOf(output);
      const all = new Float32Array(copies * rows.count * width);
      const piece = Math.max(1, Math.floor(multiplicationsBetweenTurns / work));
      await withLayers(front, weights, async (network) => {
        for (let from = 0; from < rows.count; from += piece) {
          const count = Math.min(piece, rows.count - from);
          const found = await network.predict(count, (a, b) => tensorOfRange(rows, from + a, from + b));
          for (let m = 0; m < copies; m++)
            all.set(found.subarray(m * count * width, (m + 1) * count * width), (m * rows.count + from) * width);
          await pace.after(work * count);
        }
      });
      return all;
    },
  };
}

const multiplicationsBetweenTurns = 5e7;
/** Of all rows through the layers before the last. */
const mostMultiplications = 2e10;
/** Of a last layer that is fitted again, and multiplications of one step of that. */
const [mostWeights, mostOfRefit] = [600, 4e6];
/** Of the mean loss of a last layer that is fitted again: what enters it is often redundant. */
const refitRidge = 1e-3;

/**
 * TracIn (Pruthi et al. 2020, section 3.2) at one checkpoint, the weights that were kept, and of the last layer (section 3.5): a step down a
 * training row's loss moves the scores of another row by -(h'h + 1) (p - y), h being what enters that layer. Through the slope of the softmax that is
 * a push on its probabilities. Of members each by its own layer, averaged.
 */
export async function gradientInfluences(
  layer: LastLayer,
  scale: TargetScale,
  train: Dataset,
  row: Table,
  { mostRows, seed, signal }: InfluenceSettings,
): Promise<RowInfluences> {
  const { members, width, outputs } = layer;
  const pace = new Pace(signal);
  const all = train.features.rowCount;
  const count = Math.min(all, mostRows, Math.max(50, Math.floor(mostMultiplications / Math.max(1, layer.work))));
  const rows = createRandom(seed).permutation(all).slice(0, count).sort();
  const target = takeTarget(train.target, rows);
  const entering = await layer.inputs(takeRows(train.features, rows), signal);
  const ofRow = await layer.inputs(row, signal);
  const isClasses = target.kind === 'classes';
  const unit = isClasses ? 1 : scale.deviation;
  const pushes = new Float64Array(count * outputs);
  const said = new Float64Array(count * outputs);
  const gains = new Float64Array(count);
  for (let member = 0; member < members; member++) {
    const answers = answersOf(layer, entering, member, count, isClasses);
    const own = answersOf(layer, ofRow, member, 1, isClasses);
    const h = ofRow.subarray(member * width, (member + 1) * width);
    for (let i = 0; i < count; i++) {
      const from = (member * count + i) * width;
      let [alike, length] = [1, 1];
      for (let j = 0; j < width; j++) {
        alike += entering[from + j] * h[j];
        length += entering[from + j] ** 2;
      }
      const slopes = slopesOf(answers, i, outputs, target, scale);
      const mean = isClasses ? slopes.reduce((sum, slope, k) => sum + own[k] * slope, 0) : 0;
      for (let k = 0; k < outputs; k++) {
        const turned = isClasses ? own[k] * (slopes[k] - mean) : slopes[k] * unit;
        pushes[i * outputs + k] -= (alike * turned) / members;
        said[i * outputs + k] += answers[i * outputs + k] / members;
        gains[i] += (length * slopes[k] ** 2) / members;
      }
      await pace.after(2 * width);
    }
  }
  if (!isClasses) for (let i = 0; i < count; i++) said[i] = said[i] * scale.deviation + scale.mean;
  const refit = await refitOf(layer, entering, ofRow, target, scale, pace);
  return { rows, pushes, ownRows: rows, said, gains, words, ...(refit && { refit }) };
}

const words =
  'Traced by gradients of the last layer with the weights that were kept (TracIn with one checkpoint): earlier steps of the training, and what the layers before have of a row, are left out. How long the steps were is not kept, so that only shares can be read.';

/** [rows x outputs] probabilities, or values in deviations. */
function answersOf(
  { kernel, bias, width, outputs }: Pick<LastLayer, 'kernel' | 'bias' | 'width' | 'outputs'>,
  entering: Float32Array,
  member: number,
  rows: number,
  isClasses: boolean,
): Float64Array {
  const scores = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    const from = (member * rows + i) * width;
    for (let k = 0; k < outputs; k++) {
      let sum = bias[member * outputs + k];
      for (let j = 0; j < width; j++) sum += entering[from + j] * kernel[(member * width + j) * outputs + k];
      scores[i * outputs + k] = sum;
    }
  }
  return isClasses ? softmaxRows(scores, outputs) : scores;
}

/** [outputs] d loss / d score of a row: log loss, or squared error / 2 in deviations. */
function slopesOf(answers: Float64Array, row: number, outputs: number, target: Target, scale: TargetScale): number[] {
  if (target.kind === 'values') return [answers[row] - (target.values[row] - scale.mean) / scale.deviation];
  return Array.from({ length: outputs }, (_, k) => answers[row * outputs + k] - (target.codes[row] === k ? 1 : 0));
}

/** The last layer of each member, fitted again without a row, all before it as it is; undefined where that takes long. */
async function refitOf(
  { members, width, outputs, kernel, bias }: LastLayer,
  entering: Float32Array,
  ofRow: Float32Array,
  target: Target,
  scale: TargetScale,
  pace: Pace,
): Promise<RowInfluences['refit']> {
  const rows = entering.length / (members * width);
  const [inKernel, size] = [width * outputs, (width + 1) * outputs];
  if (size > mostWeights || members * (2 * rows * inKernel + size ** 2) > mostOfRefit) return undefined;
  const isClasses = target.kind === 'classes';
  const scaled: Target = isClasses
    ? target
    : { kind: 'values', values: target.values.map((value) => (value - scale.mean) / scale.deviation) };
  const fits: ConvexFit[] = [];
  for (let member = 0; member < members; member++) {
    const x = sparseRows({
      rows,
      columns: width,
      values: entering.subarray(member * rows * width, (member + 1) * rows * width),
    });
    const weights = Float64Array.from([
      ...kernel.subarray(member * inKernel, (member + 1) * inKernel),
      ...bias.subarray(member * outputs, (member + 1) * outputs),
    ]);
    const ridge = () => refitRidge * rows;
    fits.push(await ConvexFit.of({ x, target: scaled, weights, outputs, ridge, keepsZeros: false }, pace));
  }
  return async (place) => {
    const mean = new Float64Array(outputs);
    for (const [member, fit] of fits.entries()) {
      const without = await fit.without(place, pace);
      if (!without) return null;
      const layer = { kernel: without.subarray(0, inKernel), bias: without.subarray(inKernel), width, outputs };
      const own = answersOf(layer, ofRow.subarray(member * width, (member + 1) * width), 0, 1, isClasses);
      for (let k = 0; k < outputs; k++) mean[k] += own[k] / members;
    }
    return isClasses ? mean : mean.map((value) => value * scale.deviation + scale.mean);
  };
}
