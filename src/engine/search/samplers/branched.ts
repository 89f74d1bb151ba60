import type { Parameter, Params, Space, Value } from '../../../shared/space.ts';
import { isActive } from '../../space/conditions.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { type BranchChoice, branchWords, chooseBranch, isBranch } from './branch-bandit.ts';

/**
 * A sampler in a space whose root chooses between subspaces (CASH: the learner): a bandit chooses the subspace, and the sampler suggests
 * in it, from its trials alone, as if it were the whole space. A choice inside of a subspace follows likewise. A
 * space without such a root is left to the sampler.
 */
export function branched(sampler: Sampler): Sampler {
  return {
    ...sampler,
    relativeSpace: (study) => study.space,
    sampleRelative(study, number, _space, random) {
      let view = study;
      const chosen: Record<string, Value> = {};
      const branches: BranchChoice[] = [];
      for (let root = rootOf(view, chosen); root; root = rootOf(view, chosen)) {
        const branch = chooseBranch(view, root, had(view, root), random.fork(`branch ${root.name}`));
        branches.push(branch);
        chosen[root.name] = branch.value;
        view = subspaceView(view, root, branch.value);
      }
      const suggestion = sampler.sampleRelative(view, number, sampler.relativeSpace(view), random);
      if (branches.length === 0) return suggestion;
      const { why } = suggestion;
      const words = [...branches.map(branchWords), why.words].join(' ');
      const phase = why.phase === 'exploit' && branches.some(({ explores }) => explores) ? 'explore' : why.phase;
      return { ...suggestion, params: { ...chosen, ...suggestion.params }, why: { ...why, phase, words } };
    },
  };
}

/** The next parameter that exists in any case and chooses between subspaces. */
const rootOf = ({ space }: StudyView, chosen: Params): Parameter | undefined =>
  space.parameters.find((one) => isActive(one, chosen) && isBranch(one, space));

/** Trials that had the choice and were asked for. */
const had = (view: StudyView, root: Parameter) =>
  view.trials.filter(({ state, params }) => state !== 'waiting' && params[root.name] !== undefined);

const views = new WeakMap<StudyView, Map<string, StudyView>>();

/** The study as it is where the root has the value: trials with another one are outside of that space. One view a study and value. */
function subspaceView(study: StudyView, root: Parameter, value: Value): StudyView {
  const ofStudy = views.get(study) ?? new Map<string, StudyView>();
  views.set(study, ofStudy);
  const key = JSON.stringify([root.name, value]);
  const view = ofStudy.get(key) ?? {
    space: subspace(study.space, root.name, value),
    directions: study.directions,
    seed: study.seed,
    trials: study.trials,
    resource: study.resource,
    expected: study.expected,
    tried: (params: Params, fidelity?: number) => study.tried(params, fidelity),
  };
  ofStudy.set(key, view);
  return view;
}

/** The root with one choice, and without the parameters and forbidden combinations that this one does not open. */
function subspace({ parameters, forbidden }: Space, name: string, value: Value): Space {
  const fixed: Parameter = { name, distribution: { type: 'categorical', choices: [value] } };
  const kept: Parameter[] = [];
  for (const parameter of parameters) {
    const { when = [] } = parameter;
    if (parameter.name === name) kept.push(fixed);
    else if (when.every((condition) => isPossible(condition.parameter, condition.oneOf))) kept.push(parameter);
  }
  function isPossible(other: string, oneOf: readonly Value[]): boolean {
    return other === name ? oneOf.includes(value) : kept.some((parameter) => parameter.name === other);
  }
  // Combinations that cannot come about here speak of parameters that are not there.
  const left = forbidden?.filter((combination) => combination.every((one) => isPossible(one.parameter, one.oneOf)));
  return { parameters: kept, ...(left && left.length > 0 && { forbidden: left }) };
}
