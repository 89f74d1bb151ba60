import type { Difference, SearchWhy, Voice } from '../../../shared/results/search-why.ts';
import type { Params, Space } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import { atHighestFidelity, bestTrial, feasibleTrials, losses } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';

/**
 * Why a trial was suggested, stopped, and what came of it: what its sampler and its pruner wrote down then, with the values of the
 * trials they named. Nothing is computed again, so what was not recorded stays unsaid.
 * @param objective what the first objective is called
 */
export function whyTrial(study: StudyView, trial: Trial, objective: string): SearchWhy {
  const { why, params, stopped } = trial;
  const voices = (numbers: readonly number[] = []) => numbers.flatMap((number) => voiceOf(study, params, number));
  const parents = [...(why.parents ?? []), ...(why.parent === undefined ? [] : [why.parent])];
  return {
    kind: 'search-why',
    trial: trial.number,
    state: trial.state,
    params,
    objective,
    direction: study.directions[0],
    reason: why,
    value: trial.values?.[0] ?? null,
    rank: rankOf(study, trial),
    bestBefore: bestBefore(study, trial),
    spokeFor: voices(why.spokeFor),
    spokeAgainst: voices(why.spokeAgainst),
    parents: voices(parents),
    rejected: (why.rejected ?? []).map((candidate) => ({
      acquisition: candidate.acquisition,
      differences: differencesBetween(study.space, params, candidate.params),
    })),
    parameters: (why.parameters ?? [])
      .map(({ name, exploit, explore }) => ({ name, value: params[name] ?? null, exploit, explore }))
      .sort((a, b) => weight(b) - weight(a)),
    prediction: predictionOf(trial),
    fidelity: fidelityOf(study, trial),
    stopped: stopped ? { ...stopped, comparedWith: voices(stopped.compared) } : null,
    message: trial.message ?? null,
  };
}

const weight = ({ exploit, explore }: { readonly exploit: number; readonly explore: number }): number =>
  Math.max(Math.abs(exploit), Math.abs(explore));

/** Nothing where the study has no such trial: records of other programs may name what they did not hand over. */
function voiceOf({ trials, space }: StudyView, here: Params, number: number): Voice[] {
  const trial = trials.find((other) => other.number === number);
  if (!trial) return [];
  const differences = differencesBetween(space, here, trial.params);
  return [{ trial: number, state: trial.state, value: trial.values?.[0] ?? null, differences }];
}

/** Parameters in which two configurations differ, in the space's order. */
export function differencesBetween({ parameters }: Space, here: Params, there: Params): Difference[] {
  return parameters.flatMap(({ name }) => {
    const [own, other] = [here[name] ?? null, there[name] ?? null];
    return own === other ? [] : [{ name, here: own, there: other }];
  });
}

function rankOf({ trials, directions }: StudyView, trial: Trial): SearchWhy['rank'] {
  const feasible = atHighestFidelity(feasibleTrials(trials));
  if (!feasible.some(({ number }) => number === trial.number)) return null;
  const loss = (of: Trial) => losses(of, directions)[0];
  return { place: 1 + feasible.filter((other) => loss(other) < loss(trial)).length, of: feasible.length };
}

/** By the clock where there is one, else by the trials' numbers. */
function bestBefore({ trials, directions }: StudyView, trial: Trial): SearchWhy['bestBefore'] {
  const { startedAt, number } = trial;
  const ended = trials.filter((other) =>
    startedAt !== undefined && other.endedAt !== undefined
      ? other.endedAt <= startedAt && other.number !== number
      : other.number < number,
  );
  const best = bestTrial(ended, directions);
  return best?.values ? { trial: best.number, value: best.values[0] } : null;
}

function predictionOf({ why: { prediction }, values }: Trial): SearchWhy['prediction'] {
  if (!prediction) return null;
  const measured = values?.[0] ?? null;
  const inside = measured === null ? null : measured >= prediction.low && measured <= prediction.high;
  return { ...prediction, measured, inside };
}

function fidelityOf(study: StudyView, { fidelity, continues, params }: Trial): SearchWhy['fidelity'] {
  if (fidelity === undefined) return null;
  const before = continues === undefined ? undefined : voiceOf(study, params, continues)[0];
  return { amount: fidelity, of: study.resource?.max ?? null, continues: before ?? null };
}
