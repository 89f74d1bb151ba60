import type { StudyView } from '../../../src/engine/search/study-view.ts';

/** Freezes all that is reachable, so that a sampler or pruner that writes into a study throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** What a sampler sees of a study, unchangeable and through JSON, as a store would give it back. */
export function frozenView(study: StudyView): StudyView {
  const { directions, seed } = study;
  const trials = JSON.parse(JSON.stringify(study.trials));
  return deepFreeze({
    space: study.space,
    directions,
    seed,
    trials,
    resource: study.resource,
    expected: study.expected,
    tried: (params, fidelity) => study.tried(params, fidelity),
  });
}
