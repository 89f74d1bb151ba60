import { add, matMul, mul, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { filled, type LayerPlan, planOf, type RowShape, unitsOf } from './plan.ts';

/** Sends each row once to every member of an ensemble that shares the layers behind. */
export interface MembersSpec {
  readonly kind: 'members';
  readonly count: number;
}

/** A dense layer of each member's own, after which rows [members x rows] go on as they came. */
export interface MemberDenseSpec {
  readonly kind: 'member-dense';
  readonly count: number;
  readonly units: number;
}

export function planMembers({ count }: MembersSpec, input: RowShape): LayerPlan {
  const shape = [count, 1, unitsOf(input, 'members')];
  const initial: LayerPlan['parameters'][number]['initial'] = (random) =>
    Float32Array.from({ length: count * input[0] }, () => random.normal());
  return planOf({
    output: input,
    parameters: [{ name: 'views', shape, initial }],
    copies: count,
    apply: ({ parameters: [views] }) => members(views),
  });
}

export function planMemberDense({ count, units }: MemberDenseSpec, input: RowShape): LayerPlan {
  const inputs = unitsOf(input, 'member-dense');
  const shape = [count, inputs, units];
  return planOf({
    output: [units],
    parameters: [
      { name: 'kernel', shape, initial: filled(shape, 0), decays: true },
      { name: 'bias', shape: [count, 1, units], initial: filled([count, units], 0) },
    ],
    work: inputs * units,
    apply: ({ parameters: [kernel, bias] }) => memberDense(kernel, bias),
  });
}

/**
 * x * r for each member's view r (TabM-mini, Gorishniy et al. 2024, section 3.3): x [rows x units] becomes [members rows x units], the
 * first member's rows first. views [members x 1 x units].
 */
export const members =
  (views: Tensor): Layer =>
  (x) => {
    const [rows, units] = x.shape;
    const count = views.shape[0];
    const one = reshape(x, [1, rows, units]);
    return {
      output: reshape(mul(one, views), [count * rows, units]),
      backward(gradient) {
        const slopes = reshape(gradient, [count, rows, units]);
        return {
          parameters: [sum(mul(slopes, one), 1, true)],
          input: () => sum(mul(slopes, views), 0),
        };
      },
    };
  };

/** y = x W + b with a kernel and a bias for each member; kernel [members x inputs x units], bias [members x 1 x units]. */
export const memberDense =
  (kernel: Tensor, bias: Tensor): Layer =>
  (x) => {
    const [count, inputs, units] = kernel.shape;
    const parted = reshape(x, [count, -1, inputs]);
    return {
      output: reshape(add(matMul(parted, kernel), bias), [-1, units]),
      backward(gradient) {
        const slopes = reshape(gradient, [count, -1, units]);
        return {
          parameters: [matMul(parted, slopes, true, false), sum(slopes, 1, true)],
          input: () => reshape(matMul(slopes, kernel, false, true), x.shape),
        };
      },
    };
  };
