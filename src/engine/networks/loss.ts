import { mul, softmax, sub, type Tensor, tile } from '@tensorflow/tfjs-core';

/**
 * d loss / d output, [rows x outputs], of the loss summed over the batch times `weight`, a number or one a row [rows x 1]. The
 * loss itself is not computed: descent needs only its slope, and what people read is the validation loss.
 */
export type LossGradient = (output: Tensor, target: Tensor, weight: number | Tensor) => Tensor;

/** Of -log softmax(output)[class], with `target` one-hot: softmax(output) - target. */
export const crossEntropyGradient: LossGradient = (output, target, weight) => mul(sub(softmax(output), target), weight);

/** Of (output - target)^2. */
export const squaredErrorGradient: LossGradient = (output, target, weight) =>
  mul(sub(output, target), typeof weight === 'number' ? 2 * weight : mul(weight, 2));

/**
 * Of the mean of each member's own loss, where the rows of the output are those of the first member, then those of the second, ...
 * (Gorishniy et al. 2024, section 3: the members are trained each by itself).
 */
export const membersGradient =
  (loss: LossGradient, members: number): LossGradient =>
  (output, target, weight) => {
    const copies = (each: Tensor) => tile(each, [members, ...each.shape.slice(1).map(() => 1)]);
    const shared = typeof weight === 'number' ? weight / members : copies(mul(weight, 1 / members));
    return loss(output, copies(target), shared);
  };
