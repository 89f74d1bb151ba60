import {
  add,
  elu,
  engine,
  getBackend,
  getKernel,
  minimum,
  mul,
  relu,
  selu,
  sigmoid,
  step,
  sub,
  type Tensor,
  tanh,
} from '@tensorflow/tfjs-core';

export const activations = ['relu', 'selu', 'silu', 'elu', 'tanh'] as const;
export type Activation = (typeof activations)[number];

export const isActivation = (name: unknown): name is Activation => activations.includes(name as Activation);

/** A function of each entry with its derivative, which may be read off x or y = f(x). */
export interface ActivationFunction {
  value(x: Tensor): Tensor;
  slope(x: Tensor, y: Tensor): Tensor;
  /** The same two, where they share work: the slope multiplied by a gradient. */
  both?(x: Tensor): { readonly value: Tensor; times(gradient: Tensor): Tensor };
}

// Klambauer et al. 2017, equation 2: scale (x > 0 ? x : alpha (e^x - 1)).
const seluScale = 1.0507009873554805;
const seluFloor = seluScale * 1.6732632423543772;

/** With y = x s and s the sigmoid of x. */
const siluSlope = (s: Tensor, y: Tensor): Tensor => add(s, mul(y, sub(1, s)));

export const activationFunctions: Readonly<Record<Activation, ActivationFunction>> = {
  relu: { value: (x) => relu(x), slope: (x) => step(x) },
  selu: {
    value: (x) => selu(x),
    // Left of 0: y + scale alpha; right of 0: scale.
    slope: (x, y) => sub(add(minimum(y, 0), seluFloor), mul(step(x), seluFloor - seluScale)),
  },
  silu: {
    value: (x) => mul(x, sigmoid(x)),
    slope: (x, y) => siluSlope(sigmoid(x), y),
    both(x) {
      if (getKernel('Silu', getBackend())) {
        const value: Tensor = engine().runKernel('Silu', { x });
        return { value, times: (dy) => engine().runKernel('SiluGrad', { x, dy }) };
      }
      const s = sigmoid(x);
      const value = mul(x, s);
      return { value, times: (gradient) => mul(gradient, siluSlope(s, value)) };
    },
  },
  elu: { value: (x) => elu(x), slope: (_, y) => add(minimum(y, 0), 1) },
  tanh: { value: (x) => tanh(x), slope: (_, y) => sub(1, mul(y, y)) },
};

/** Whether f(f(x)) = f(x): only then does an identity layer put after the activation change nothing (Chen et al. 2016). */
export const isIdempotent = (name: Activation): boolean => name === 'relu';

/** Standard deviation of a weight that keeps the signal's size: He et al. 2015 for relu, LeCun et al. 1998 for the rest. */
export const initialDeviation = (name: Activation, inputs: number): number =>
  Math.sqrt((name === 'relu' || name === 'silu' ? 2 : 1) / Math.max(inputs, 1));
