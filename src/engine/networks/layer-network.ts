import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Random } from '../random.ts';
import { type LayerGraph, type LayerWeights, planGraph } from './layer-graph.ts';
import { createDropoutMask } from './layers/dropout.ts';
import type { Pass } from './layers/layer.ts';
import type { Held, LayerPlan, TensorPlan } from './layers/plan.ts';
import { sizeOf } from './layers/plan.ts';
import { copiesOf, readOnce } from './read.ts';
import type { Trainable } from './trainable.ts';

/**
 * A network of any layers on the current tensor backend. Its tensors are immutable, replaced as a whole by each training step;
 * `dispose` frees them.
 */
export class LayerNetwork implements Trainable<LayerWeights> {
  readonly graph: LayerGraph;
  readonly #plan: LayerPlan;
  #parameters: Tensor[];
  #statistics: Tensor[];

  /** Throws a RangeError where the weights do not fit the graph. */
  constructor(graph: LayerGraph, weights: LayerWeights) {
    this.graph = graph;
    this.#plan = planGraph(graph);
    this.#parameters = this.#plan.parameters.map((plan) => tensorOf(plan, weights));
    this.#statistics = this.#plan.statistics.map((plan) => tensorOf(plan, weights));
  }

  get parameters(): readonly Tensor[] {
    return this.#parameters;
  }

  get work(): number {
    return this.#plan.work;
  }

  /** Factors of the learning rate, by parameter. */
  get rates(): number[] {
    return this.#plan.parameters.map(({ rate }) => rate ?? 1);
  }

  /** `decay` for the parameters that it shrinks, 0 for the others. */
  decays(decay: number): Float64Array {
    return Float64Array.from(this.#plan.parameters, ({ decays }) => (decays ? decay : 0));
  }

  replace(parameters: Tensor[], statistics: readonly Tensor[] = []): void {
    for (const old of this.#parameters) old.dispose();
    this.#parameters = parameters;
    if (statistics.length === 0) return;
    for (const old of this.#statistics) old.dispose();
    this.#statistics = [...statistics];
  }

  async weights(): Promise<LayerWeights> {
    const { parameters, statistics } = this.#plan;
    const values = await copiesOf([...this.#parameters, ...this.#statistics]);
    return Object.fromEntries([...parameters, ...statistics].map(({ name }, i) => [name, values[i]]));
  }

  forward(x: Tensor): Pass {
    return this.#apply(x);
  }

  forTraining(random: Random): (x: Tensor) => Pass {
    const masks = new Map<number, ReturnType<typeof createDropoutMask>>();
    const maskOf = (rate: number) => {
      const mask = masks.get(rate) ?? createDropoutMask(rate, random.fork(`dropout ${rate}`));
      masks.set(rate, mask);
      return mask;
    };
    return (x) => this.#apply(x, maskOf);
  }

  #apply(x: Tensor, masks?: Held['masks']): Pass {
    return this.#plan.apply({ parameters: this.#parameters, statistics: this.#statistics, masks })(x);
  }

  /**
   * Outputs of `count` rows, [rows x outputs], in pieces that bound the memory; of an ensemble within the network, one such block a
   * member. @param batch rows [from, to) as a new tensor, which is disposed here
   */
  async predict(count: number, batch: (from: number, to: number) => Tensor): Promise<Float32Array> {
    const { copies, output } = this.#plan;
    const outputs = sizeOf(output);
    const result = new Float32Array(copies * count * outputs);
    for (const [from, to] of this.#pieces(count)) {
      const values = await readOnce(tidy(() => this.forward(batch(from, to)).output));
      const size = (to - from) * outputs;
      for (let member = 0; member < copies; member++) {
        result.set(values.subarray(member * size, (member + 1) * size), (member * count + from) * outputs);
      }
    }
    return result;
  }

  /**
   * d loss / d input of each row's own loss, [rows x ...].
   * @param slope d loss / d output of the rows [from, to), given their outputs
   */
  async inputGradient(
    count: number,
    batch: (from: number, to: number) => Tensor,
    slope: (output: Tensor, from: number, to: number) => Tensor,
  ): Promise<Float32Array> {
    const width = sizeOf(this.graph.input);
    const result = new Float32Array(count * width);
    for (const [from, to] of this.#pieces(count)) {
      const gradient = tidy(() => {
        const pass = this.forward(batch(from, to));
        return pass.backward(slope(pass.output, from, to)).input();
      });
      result.set(await readOnce(gradient), from * width);
    }
    return result;
  }

  /** Rows [from, to) that are computed at once. */
  *#pieces(count: number): Generator<[number, number]> {
    const piece = Math.max(1, Math.min(4096, Math.floor(numbersAtOnce / this.#plan.width)));
    for (let from = 0; from < count; from += piece) yield [from, Math.min(from + piece, count)];
  }

  dispose(): void {
    for (const each of [...this.#parameters, ...this.#statistics]) each.dispose();
    this.#parameters = [];
    this.#statistics = [];
  }
}

/** Of a layer's output: 32 MB. */
const numbersAtOnce = 2 ** 23;

function tensorOf({ name, shape }: TensorPlan, weights: LayerWeights): Tensor {
  const values = weights[name];
  if (values?.length !== sizeOf(shape)) {
    throw new RangeError(`${values?.length ?? 'no'} weights "${name}" for a tensor of shape [${shape}]`);
  }
  return tensor(values, [...shape]);
}
