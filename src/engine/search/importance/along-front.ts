import { UserError } from '../../../shared/faults.ts';
import type { ImportanceAlongFront, ImportanceMethod } from '../../../shared/results/hyperparameter-importance.ts';
import type { Random } from '../../random.ts';
import { judgedTrials } from '../analysis/judged-trials.ts';
import { frontTrials } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { importances } from './registry.ts';

export interface AlongFrontOptions {
  readonly method: ImportanceMethod;
  /** Indices of the two objectives. */
  readonly objectives: readonly [number, number];
  /** Weights from 0 to 1; at least 2. */
  readonly points: number;
  readonly names?: readonly string[];
}

/**
 * Importance as a function of the weight between two objectives (as DeepCAVE does it: Segel et al. 2025, after Theodorakopoulos et al.
 * 2024): at each weight the method is asked about the weighted sum. Where a weight moves the importance, tuning for one objective is not
 * tuning for the other.
 * Throws the UserErrors of `judgedTrials`, and `objective-unknown` where the two are one.
 */
export function importanceAlongFront(
  study: StudyView,
  options: AlongFrontOptions,
  random: Random,
): ImportanceAlongFront {
  const { method, objectives, points, names } = options;
  const [first, second] = objectives;
  if (first === second || !(study.directions[first] && study.directions[second])) {
    throw new UserError('objective-unknown', `two objectives are needed; the study has ${study.directions.length}.`, {
      advice: 'Name two different ones.',
    });
  }
  const weightsAt = (weight: number) =>
    study.directions.map((_, i) => (i === first ? 1 - weight : i === second ? weight : 0));
  const along = Array.from({ length: points }, (_, i) => {
    const weight = i / (points - 1);
    const judgement = { weights: weightsAt(weight), names };
    const { trials, best } = judgedTrials(study, judgement);
    const importance = importances[method].compute(study, judgement, random.fork(`weight ${weight}`));
    return { weight, best: trials[best].number, importance };
  });
  const nameOf = (i: number) => names?.[i] ?? `objective ${i + 1}`;
  return {
    kind: 'importance-along-front',
    method,
    objectives: [nameOf(first), nameOf(second)],
    points: along,
    front: frontOf(study, first, second),
    warnings: [...new Set(along.flatMap(({ importance }) => importance.warnings))],
  };
}

function frontOf({ trials, directions }: StudyView, first: number, second: number): ImportanceAlongFront['front'] {
  const ofTwo = trials
    .filter(({ values }) => values !== undefined)
    .map((trial) => ({ ...trial, values: [trial.values![first], trial.values![second]] }));
  return frontTrials(ofTwo, [directions[first], directions[second]])
    .map(({ number, values }) => ({ trial: number, values: [values![0], values![1]] as const }))
    .sort((a, b) => a.values[0] - b.values[0]);
}
