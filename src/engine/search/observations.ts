import type { Trial } from '../../shared/trial.ts';
import { containsConfiguration } from '../space/configuration.ts';
import { encode } from '../space/encoding.ts';
import { median } from '../statistics/median.ts';
import { toMinimize, violation } from './ranking.ts';
import type { StudyView } from './study-view.ts';

/** What a model-based sampler learns from, in order of the trials' numbers. */
export interface Observations {
  readonly trials: readonly Trial[];
  /** [trials] points of the unit cube, NaN where a parameter is not active. */
  readonly points: readonly Float64Array[];
  /** Of one objective, smaller is better; finite. */
  readonly losses: Float64Array;
  /** 0 where every constraint is kept. */
  readonly violations: Float64Array;
  /** Trials that still run: where they are, nobody knows yet what they give. */
  readonly running: readonly Trial[];
  readonly runningPoints: readonly Float64Array[];
}

/**
 * Finished trials of the space as it is now, at the whole resource unless another fidelity is given. A pruned trial counts with its last
 * intermediate value, but as no better than the median of the complete ones; a failed one as the worst seen: a model must learn to
 * keep away. Both are left out while no trial is complete.
 * @param objective index of the objective
 */
export function observationsOf(study: StudyView, objective = 0, fidelity = study.resource?.max): Observations {
  const inside = study.trials.filter(
    (trial) =>
      trial.state !== 'waiting' &&
      (trial.fidelity ?? study.resource?.max) === fidelity &&
      containsConfiguration(study.space, trial.params),
  );
  const loss = (value: number) => toMinimize(value, study.directions[objective]);
  const complete = inside.filter(({ state }) => state === 'complete').map(({ values }) => loss(values![objective]));
  const [middle, worst] = [median(complete), Math.max(...complete)];
  const lossOf = ({ state, values, intermediate }: Trial): number => {
    if (state === 'complete') return loss(values![objective]);
    const last = intermediate.at(-1);
    if (state === 'pruned' && objective === 0 && last) return Math.min(worst, Math.max(middle, loss(last.value)));
    return worst;
  };
  const finished = complete.length === 0 ? [] : inside.filter(({ state }) => state !== 'running');
  const running = inside.filter(({ state }) => state === 'running');
  return {
    trials: finished,
    points: finished.map(({ params }) => encode(study.space, params)),
    losses: Float64Array.from(finished, lossOf),
    violations: Float64Array.from(finished, violation),
    running,
    runningPoints: running.map(({ params }) => encode(study.space, params)),
  };
}
