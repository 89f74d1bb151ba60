/** What makes dear techniques quick to check, by kind; what they find then is worth little. */
export const cheapOptions: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map([
  ['explanation-quality', { subsets: 20, seeds: 2, randomOnes: 20, nearby: 4 }],
  ['prototypes', { rowCap: 120, randomOnes: 20, heldOutCap: 100 }],
  ['interactions', { rows: 20, resamples: 20 }],
]);
