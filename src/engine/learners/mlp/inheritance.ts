import { createHash } from 'node:crypto';
import type { Dataset } from '../../data/dataset.ts';
import type { MatrixState } from '../../data/encoders/matrix-encoder.ts';
import type { Model, NumericArray } from '../../models/model.ts';
import { type HiddenLayer, hiddenText, type PerceptronGraph } from '../../networks/graph.ts';
import { type GraphStep, stepHidden, stepText } from '../../networks/graph-step.ts';
import { morph } from '../../networks/morphisms.ts';
import { type NetworkWeights, parameterShapes, unflatten } from '../../networks/weights.ts';
import type { Random } from '../../random.ts';
import type { FitContext } from '../learner.ts';
import type { TargetScale } from '../networks/training-rows.ts';

/** All a perceptron has learnt but its weights; survives JSON. */
export interface MlpState {
  readonly encoder: MatrixState;
  readonly graph: PerceptronGraph;
  readonly scale: TargetScale;
  /** Of this training and of those whose weights it inherited. */
  readonly epochs: number;
  /** Which rows it has seen. */
  readonly rows: string;
}

export interface Inheritance {
  readonly weights: NetworkWeights;
  /** The parent's, since its weights speak of its inputs. */
  readonly encoder: MatrixState;
  readonly scale: TargetScale;
  readonly epochs: number;
}

/** Names the rows of a training set: a weight may only be inherited by a fit that is judged on none of them. */
export const rowsDigest = ({ rowIds }: Dataset): string =>
  createHash('sha256').update(rowIds).digest('hex').slice(0, 16);

/** The network inside a model of this learner; undefined for any other. */
export function learntBy(model: Model): { state: MlpState; weights: NetworkWeights } | undefined {
  const { learner, state, arrays } = model.save();
  if (learner !== 'mlp') return undefined;
  const { learnt } = state as { learnt: MlpState };
  return { state: learnt, weights: weightsFrom(learnt.graph, arrays) };
}

export const weightsFrom = (graph: PerceptronGraph, arrays: Readonly<Record<string, NumericArray>>): NetworkWeights =>
  unflatten(
    graph,
    parameterShapes(graph).map(({ name }) => arrays[name] as Float32Array),
  );

/**
 * What a child takes over from `context.warmStart`, its step done to the weights, and why not where it takes nothing.
 * A parent that saw other rows than this fit trains on is not used while there is a validation part: its weights would
 * know rows that the child is judged by. Throws a RangeError where the step does not lead from the parent's layers to
 * `hidden`.
 */
export function inherit(
  { warmStart, train, validation }: FitContext,
  hidden: readonly HiddenLayer[],
  dropout: number,
  step: GraphStep | undefined,
  random: Random,
): { inheritance?: Inheritance; words: string } {
  if (!warmStart) return { words: '' };
  const parent = learntBy(warmStart);
  if (!parent) return { words: ', trained anew: its parent is no perceptron' };
  const { graph, encoder, scale, epochs, rows } = parent.state;
  if (validation && rows !== rowsDigest(train)) return { words: ', trained anew: its parent has seen other rows' };
  const taken = step ?? ({ kind: 'tune', parameter: 'none' } as const);
  const reached = hiddenText(stepHidden(graph.hidden, taken));
  if (reached !== hiddenText(hidden)) {
    if (!step) return { words: ', trained anew: its parent has other layers' };
    throw new RangeError(`"${stepText(step)}" makes ${reached} of the parent, not ${hiddenText(hidden)}`);
  }
  const weights = morph({ ...graph, dropout }, parent.weights, taken, random);
  return { inheritance: { weights, encoder, scale, epochs }, words: `, weights inherited after ${epochs} epochs` };
}
