import { bundle } from './conformance/bundle.ts';
import type { Check } from './conformance/check.ts';
import { determinism } from './conformance/determinism.ts';
import { inputGradient } from './conformance/input-gradient.ts';
import { learning } from './conformance/learning.ts';
import { oddData } from './conformance/odd-data.ts';
import { parameters } from './conformance/parameters.ts';
import { training } from './conformance/training.ts';
import { weights } from './conformance/weights.ts';

export { fitted } from './conformance/check.ts';

/** What every learner owes the rest of the house, a file a capability. */
export const checks: readonly Check[] = [
  ...learning,
  ...oddData,
  ...parameters,
  ...determinism,
  ...bundle,
  ...training,
  ...weights,
  ...inputGradient,
];
