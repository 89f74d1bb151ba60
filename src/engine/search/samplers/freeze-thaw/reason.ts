import type { Reason } from '../../../../shared/trial.ts';
import { toMinimize } from '../../ranking.ts';
import type { Resource, StudyView } from '../../study-view.ts';
import { amount } from '../halving/promotion.ts';
import type { Member } from './basket.ts';
import type { CurveModel } from './curve-model.ts';
import type { Observation } from './entropy-search.ts';

/** A member that may go on, with what its next value would be and tell. */
export interface Choice {
  readonly member: Member & { readonly next: number };
  readonly observation: Observation;
  /** Nats, divided by the cost's power. */
  readonly acquisition: number;
}

/** @param rejected best first */
export function reasonOf(
  { study, resource, thrift }: { readonly study: StudyView; readonly resource: Resource; readonly thrift: number },
  model: CurveModel,
  { member, observation, acquisition }: Choice,
  rejected: readonly Choice[],
  isFavourite: boolean,
): Reason {
  const { curve, next } = member;
  const action = curve
    ? `Thaws the training of trial ${curve.latest.number} to ${amount(next, resource)}`
    : `Begins a new training, with ${amount(next, resource)}`;
  const whole = amount(resource.max, resource);
  const others = rejected.length > 0 ? ` more than any of ${rejected.length} other candidates` : '';
  return {
    sampler: 'freeze-thaw',
    phase: curve ? 'promote' : 'explore',
    words: isFavourite
      ? `${action}: of all begun it is foreseen to be the best with ${whole}.`
      : `${action}: for its cost its next value tells${others} which configuration would be the best with ${whole}.`,
    acquisition,
    acquisitionName: `nats per ${resource.name}^${thrift}`,
    prediction: predictionOf(study, model, observation),
    surrogate: { name: 'Gaussian processes of training curves', trials: model.curves },
    ...(curve && { spokeFor: [curve.latest.number] }),
    rejected: rejected.slice(0, 3).map(({ member, acquisition }) => ({ params: member.params, acquisition })),
  };
}

/** The next value with its central 90 %, in the objective's own unit. */
function predictionOf({ directions }: StudyView, model: CurveModel, { mean, variance }: Observation) {
  const reach = 1.6449 * Math.sqrt(variance);
  const [low, value, high] = [mean - reach, mean, mean + reach]
    .map((standard) => toMinimize(model.lossOf(standard), directions[0]))
    .sort((a, b) => a - b);
  return { low, value, high };
}
