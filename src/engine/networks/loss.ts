import { mul, softmax, sub, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * d loss / d output, [rows x outputs], of the loss summed over the batch times `weight`. The loss itself is not computed:
 * descent needs only its slope, and what people read is the validation loss.
 */
export type LossGradient = (output: Tensor2D, target: Tensor2D, weight: number) => Tensor2D;

/** Of -log softmax(output)[class], with `target` one-hot: softmax(output) - target. */
export const crossEntropyGradient: LossGradient = (output, target, weight) => mul(sub(softmax(output), target), weight);

/** Of (output - target)^2. */
export const squaredErrorGradient: LossGradient = (output, target, weight) => mul(sub(output, target), 2 * weight);
