import type { Pruner } from '../pruner.ts';

/** Lets every trial run to its end. */
export const noPruner: Pruner = { name: 'none', stopsDiverged: false, shouldPrune: () => undefined };
