import type { Reason } from '../../../shared/trial.ts';
import type { ScoredPoint } from '../acquisition/candidate-search.ts';
import { type ExplainedSurrogate, surrogateReason } from '../acquisition/surrogate-reason.ts';
import type { StudyView } from '../study-view.ts';
import { places } from '../surrogates/gaussian-process/kernel.ts';
import type { GpModels } from './gp-models.ts';

export interface Choice {
  readonly acquisitionName: string;
  readonly taken: ScoredPoint;
  /** Best first, all different. */
  readonly others: readonly ScoredPoint[];
}

/** Why a point was taken, from the process of the first objective. */
export function gpReason(study: StudyView, models: GpModels, choice: Choice): Reason {
  const { observations, losses, first, joined } = models;
  const { warp, unwarp } = first.fit.warp;
  // The best trial that others are held against must keep the constraints.
  const worst = losses.reduce((most, loss) => Math.max(most, loss), Number.NEGATIVE_INFINITY);
  const modelled = losses.map((loss, i) => warp(observations.violations[i] > 0 ? worst : loss));
  const surrogate = latent(models);
  const reason = surrogateReason({
    sampler: 'gp',
    study,
    observations,
    surrogate,
    modelled,
    toLoss: unwarp,
    ...choice,
  });
  return joined ? withoutUnit(reason, study.directions.length) : reason;
}

/** The process in warped losses, in which its voices add up. */
function latent({ first, believing }: GpModels): ExplainedSurrogate {
  const { kernel, theta } = first.fit;
  return {
    name: first.name,
    noise: Math.exp(0.5 * theta[places(kernel).noise]),
    predict: (points) => believing.latent(points),
    fit: first.leaveOneOut(),
    fitName: 'leave-one-out R2',
    weights: (point) => believing.weights(point),
  };
}

/** Joined losses have no unit that a person knows. */
function withoutUnit({ prediction: _, parameters: __, ...reason }: Reason, objectives: number): Reason {
  const words = `The ${reason.acquisitionName} of all ${objectives} objectives, weighted anew at random, is highest here.`;
  return { ...reason, words };
}

export const allTriedReason: Reason = {
  sampler: 'gp',
  phase: 'explore',
  words: 'Drawn at random: every candidate of the Gaussian process had been tried before.',
};
