import type { PhaseEffort, SearchEffort } from '../../../shared/results/search-effort.ts';
import type { Reason, Trial } from '../../../shared/trial.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { mean } from '../../statistics/mean.ts';
import { quantile } from '../../statistics/quantile.ts';
import { bestTrial } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { bestChanges } from './ends.ts';

/** Where the trials went and what each kind of suggestion brought. The first trial with a value improves nothing: there was no best yet. */
export function effortOf(study: StudyView, objective: string): SearchEffort {
  const tried = study.trials.filter(({ state }) => state !== 'waiting');
  const improved = new Set(bestChanges(study).flatMap(({ trial, before }) => (before ? [trial.number] : [])));
  const improvements = (trials: readonly Trial[]) => trials.filter(({ number }) => improved.has(number)).length;
  return {
    kind: 'search-effort',
    objective,
    phases: [...Map.groupBy(tried, ({ why }) => why.phase)].map(([phase, trials]) =>
      phaseEffort(phase, trials, improvements(trials), study),
    ),
    samplers: [...Map.groupBy(tried, ({ why }) => why.sampler)].map(([sampler, trials]) => ({
      sampler,
      trials: trials.length,
      improvements: improvements(trials),
    })),
    parameters: parameterEffort(study, tried),
    stops: stopEffort(tried),
  };
}

function phaseEffort(
  phase: Reason['phase'],
  trials: readonly Trial[],
  improvements: number,
  { directions }: StudyView,
): PhaseEffort {
  const finished = trials.filter(({ state }) => state !== 'running').length;
  const best = bestTrial(trials, directions);
  const values = Float64Array.from(trials.flatMap(({ values }) => (values ? [values[0]] : []))).sort();
  return {
    phase,
    trials: trials.length,
    finished,
    improvements,
    rate: finished > 0 ? improvements / finished : null,
    interval: finished > 0 ? clopperPearson(improvements, finished) : null,
    best: best?.values ? { trial: best.number, value: best.values[0] } : null,
    median: values.length > 0 ? quantile(values, 0.5) : null,
  };
}

function parameterEffort({ space }: StudyView, trials: readonly Trial[]): SearchEffort['parameters'] {
  const told = Map.groupBy(
    trials.flatMap(({ why }) => why.parameters ?? []),
    ({ name }) => name,
  );
  return space.parameters.flatMap(({ name }) => {
    const parts = told.get(name) ?? [];
    if (parts.length === 0) return [];
    const [exploit, explore] = [mean(parts.map((part) => part.exploit)), mean(parts.map((part) => part.explore))];
    return [{ name, trials: parts.length, exploit, explore }];
  });
}

function stopEffort(trials: readonly Trial[]): SearchEffort['stops'] {
  const whole = trials.flatMap(({ state, intermediate }) => (state === 'complete' ? intermediate.slice(-1) : []));
  const steps = whole.reduce((most, { step }) => Math.max(most, step), 0);
  const stopped = trials.filter(({ state }) => state === 'pruned');
  return [...Map.groupBy(stopped, (trial) => trial.stopped?.pruner ?? 'not recorded')].map(([pruner, of]) => {
    const used = of.flatMap(({ intermediate }) => intermediate.slice(-1).map(({ step }) => step / steps));
    return { pruner, trials: of.length, used: steps > 0 && used.length > 0 ? mean(used) : null };
  });
}
