import type { Params } from '../../shared/space.ts';
import type { FitSimple } from '../explain/explainer.ts';
import { constant } from '../learners/constant.ts';
import type { Learner } from '../learners/learner.ts';
import { tree } from '../learners/tree.ts';

interface Simple {
  readonly learner: Learner;
  params(rows: number): Params;
}

/** What is tried before anything is searched: one answer for all, and a tree that fits on a postcard. */
const simple: Readonly<Record<Parameters<FitSimple>[0], Simple>> = {
  constant: { learner: constant, params: () => ({}) },
  tree: {
    learner: tree,
    params: (rows) => ({ max_depth: 3, leaves: 8, min_leaf_rows: Math.max(1, Math.min(20, Math.floor(rows / 20))) }),
  },
};

/** Fits a model that others have to beat. Throws an AbortError on the signal. */
export const fitSimple: FitSimple = (name, train, seed, signal) => {
  const { learner, params } = simple[name];
  return learner.fit({ train, seed, signal, report: async () => 'continue' }, params(train.features.rowCount));
};
