import { fairnessName } from '../../shared/experiment/fairness-measure.ts';
import type { FairnessFront, FairTrial } from '../../shared/results/fairness-front.ts';
import { mitigationParameter } from '../run/fair-fit.ts';
import { nonDominated } from '../search/pareto.ts';
import { atHighestFidelity, toMinimize } from '../search/ranking.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';

/** Trials drawn at most, those of the front always among them. */
const mostTrials = 500;

/** One a constraint that bounds fairness: what it costs over the trials so far. */
export function fairnessFronts(
  { experiment, objectives }: StudyRecord,
  trials: readonly StoredTrial[],
): FairnessFront[] {
  if (isImported(experiment)) return [];
  const [objective] = objectives;
  const whole = new Set(
    atHighestFidelity(trials.map(({ trial }) => trial).filter(({ state }) => state === 'complete')),
  );
  const judged = trials.filter(({ trial, outcome }) => whole.has(trial) && outcome.fairness);
  return experiment.constraints.flatMap(({ fairness: measure, metric, limit }) => {
    const found = judged.flatMap(({ trial, outcome }): FairTrial[] => {
      const fairness = outcome.fairness?.find((one) => one.metric === metric);
      if (!fairness) return [];
      const { value: difference, interval, thresholds } = fairness;
      return [
        {
          trial: trial.number,
          learner: outcome.learner,
          value: trial.values![0],
          difference,
          interval,
          reweighted: trial.params[`${outcome.learner}.${mitigationParameter}`] === 'reweight',
          thresholds: thresholds === true,
          onFront: false,
        },
      ];
    });
    if (!measure || found.length === 0) return [];
    const front = new Set(
      nonDominated(found.map(({ value, difference }) => [toMinimize(value, objective.direction), difference])),
    );
    const marked = found.map((one, i) => ({ ...one, onFront: front.has(i) }));
    const kept = [...marked.filter(({ onFront }) => onFront), ...marked.filter(({ onFront }) => !onFront)];
    const told = kept.slice(0, mostTrials).sort((a, b) => a.difference - b.difference);
    return [{ ...measure, metric: fairnessName(measure), limit, objective, trials: told }];
  });
}
