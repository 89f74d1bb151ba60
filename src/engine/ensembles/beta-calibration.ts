import { probabilityFloor } from '../metrics/classification.ts';
import { logistic } from '../numerics/logistic.ts';
import { fitConditionalLogit } from './conditional-logit.ts';

/** `logit p' = a ln p - b ln(1 - p) + c` for two classes, p that of the second; plain JSON. */
export interface BetaMap {
  readonly kind: 'beta';
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * Beta calibration (Kull, Silva Filho and Flach 2017, section 4): a logistic regression on ln p and -ln(1 - p), neither coefficient
 * negative, so that the map rises. a = b is Platt's map on the logit, a = b = 1 and c = 0 changes nothing.
 * @param probabilities [rows x 2]
 */
export function fitBeta(probabilities: Float64Array, codes: Int32Array): BetaMap {
  const features = new Float64Array(codes.length * 6);
  for (let row = 0; row < codes.length; row++) features.set(betaFeatures(probabilities[row * 2 + 1]), row * 6 + 3);
  const [a, b, c] = fitConditionalLogit({
    features,
    codes,
    classCount: 2,
    count: 3,
    l1: new Float64Array(3),
    // Only for rows that are told apart without an error, whose coefficients would grow for ever.
    l2: new Float64Array(3).fill(1e-9),
    bounded: Uint8Array.of(1, 1, 0),
  });
  return { kind: 'beta', a, b, c };
}

export function applyBeta({ a, b, c }: BetaMap, probabilities: Float64Array): Float64Array {
  const values = new Float64Array(probabilities.length);
  for (let i = 0; i < values.length; i += 2) {
    const [first, second] = betaFeatures(probabilities[i + 1]);
    values[i + 1] = logistic(a * first + b * second + c);
    values[i] = 1 - values[i + 1];
  }
  return values;
}

function betaFeatures(p: number): [number, number, number] {
  const clipped = Math.min(1 - probabilityFloor, Math.max(probabilityFloor, p));
  return [Math.log(clipped), -Math.log(1 - clipped), 1];
}
