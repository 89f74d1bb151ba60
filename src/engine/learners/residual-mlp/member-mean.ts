import { div, mean, mul, reshape, softmax, sub, sum, type Tensor, tile } from '@tensorflow/tfjs-core';
import type { LayerNetwork } from '../../networks/layer-network.ts';
import { type NetworkRows, tensorOfRange } from '../networks/network-rows.ts';
import { probabilitiesOf } from '../networks/outputs.ts';

/**
 * Mean of the members' predictions: [rows x classes] logarithms of mean probabilities, or [rows] values in deviations.
 * @param classes 0 for regression
 */
export async function memberMean(network: LayerNetwork, rows: NetworkRows, classes: number): Promise<Float32Array> {
  const all = await network.predict(rows.count, (from, to) => tensorOfRange(rows, from, to));
  const size = rows.count * Math.max(classes, 1);
  if (all.length === size) return all;
  const members = all.length / size;
  const means = new Float64Array(size);
  for (let member = 0; member < members; member++) {
    const own = all.subarray(member * size, (member + 1) * size);
    const values = classes > 0 ? probabilitiesOf(own, classes) : own;
    for (let i = 0; i < size; i++) means[i] += values[i] / members;
  }
  return Float32Array.from(means, (value) => (classes > 0 ? Math.log(Math.max(value, smallest)) : value));
}

/** Probabilities below are none to float32. */
const smallest = 1e-38;

/**
 * d loss / d members' outputs, [members rows x outputs], of -log of the mean probability of each row's class, or of (mean value -
 * target)^2; `target` [rows x outputs], one-hot or in deviations.
 */
export function memberSlope(output: Tensor, target: Tensor, isClasses: boolean): Tensor {
  const [rows, outputs] = target.shape;
  const members = output.shape[0] / rows;
  const parted = reshape(output, [members, rows, outputs]);
  const slope = isClasses
    ? classSlope(parted, target)
    : tile(mul(sub(mean(parted, 0, true), target), 2), [members, 1, 1]);
  return reshape(mul(slope, 1 / members), output.shape);
}

/** With p the members' probabilities: (p_m of the class / mean of it) (p_m - target). */
function classSlope(logits: Tensor, target: Tensor): Tensor {
  const probabilities = softmax(logits);
  const own = sum(mul(probabilities, target), 2, true);
  return mul(div(own, mean(own, 0, true)), sub(probabilities, target));
}
