import { type Tensor, type Tensor2D, tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Random } from '../random.ts';
import { type PerceptronGraph, parameterCount } from './graph.ts';
import { activation } from './layers/activation.ts';
import { chain } from './layers/chain.ts';
import { dense } from './layers/dense.ts';
import { createDropoutMask, type DropoutMask, dropout } from './layers/dropout.ts';
import { gatedActivation } from './layers/gated-activation.ts';
import type { Layer, Pass } from './layers/layer.ts';
import { copiesOf, readOnce } from './read.ts';
import type { Trainable } from './trainable.ts';
import { flatten, type NetworkWeights, unflatten } from './weights.ts';

/**
 * A perceptron on the current tensor backend. Its parameters are immutable tensors, replaced as a whole by each training
 * step; `dispose` frees them.
 */
export class Network implements Trainable<NetworkWeights> {
  readonly graph: PerceptronGraph;
  readonly parameterCount: number;
  #parameters: Tensor[];

  /** Throws a RangeError where the weights do not fit the graph. */
  constructor(graph: PerceptronGraph, weights: NetworkWeights) {
    this.graph = graph;
    this.parameterCount = parameterCount(graph);
    this.#parameters = flatten(graph, weights).map(({ values, shape }) => tensor(values, [...shape]));
  }

  /** In the order of `flatten`. */
  get parameters(): readonly Tensor[] {
    return this.#parameters;
  }

  /** Takes new parameters and frees the old ones. */
  replace(parameters: Tensor[]): void {
    for (const old of this.#parameters) old.dispose();
    this.#parameters = parameters;
  }

  /** A copy of the weights as arrays. */
  async weights(): Promise<NetworkWeights> {
    return unflatten(this.graph, await copiesOf(this.#parameters));
  }

  get work(): number {
    return this.parameterCount;
  }

  /** The network applied to x [rows x inputs]; within a `tidy`. With `mask`, as a training step sees it. */
  forward(x: Tensor, mask?: DropoutMask): Pass {
    return chain(layersOf(this.graph, this.#parameters, mask), x);
  }

  forTraining(random: Random): (x: Tensor) => Pass {
    const { dropout: rate } = this.graph;
    const mask = rate > 0 ? createDropoutMask(rate, random) : undefined;
    return (x) => this.forward(x, mask);
  }

  /** [rows x inputs] to [rows x outputs] logits or values, in pieces that bound the memory. */
  predict(rows: number, inputs: Float32Array): Promise<Float32Array> {
    return this.#inPieces(rows, inputs, this.graph.outputs, (x) => this.forward(x).output);
  }

  /**
   * d loss / d input, [rows x inputs], of each row's own loss.
   * @param slope d loss / d output of the rows from `from` on, given their outputs, both [some rows x outputs]
   */
  inputGradient(
    rows: number,
    inputs: Float32Array,
    slope: (output: Tensor2D, from: number) => Tensor,
  ): Promise<Float32Array> {
    return this.#inPieces(rows, inputs, this.graph.inputs, (x, from) => {
      const pass = this.forward(x);
      return pass.backward(slope(pass.output as Tensor2D, from)).input();
    });
  }

  /** What `compute` makes of each piece of the rows, [rows x columns]. */
  async #inPieces(
    rows: number,
    inputs: Float32Array,
    columns: number,
    compute: (x: Tensor2D, from: number) => Tensor,
  ): Promise<Float32Array> {
    const width = this.graph.inputs;
    const result = new Float32Array(rows * columns);
    for (let from = 0; from < rows; from += piece) {
      const to = Math.min(from + piece, rows);
      const values = inputs.subarray(from * width, to * width);
      result.set(await readOnce(tidy(() => compute(tensor2d(values, [to - from, width]), from))), from * columns);
    }
    return result;
  }

  dispose(): void {
    this.replace([]);
  }
}

const piece = 4096;

function layersOf(graph: PerceptronGraph, parameters: readonly Tensor[], mask?: DropoutMask): Layer[] {
  let next = 0;
  const layers: Layer[] = [];
  for (const { activation: name, gated } of graph.hidden) {
    layers.push(dense(parameters[next++], parameters[next++]));
    layers.push(gated ? gatedActivation(name, parameters[next++]) : activation(name));
    if (mask) layers.push(dropout(mask));
  }
  return [...layers, dense(parameters[next++], parameters[next])];
}
