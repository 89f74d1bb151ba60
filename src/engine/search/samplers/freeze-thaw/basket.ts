import type { Params } from '../../../../shared/space.ts';
import { logImprovement } from '../../../numerics/log-normal.ts';
import { encode } from '../../../space/encoding.ts';
import type { StudyView } from '../../study-view.ts';
import type { CurveModel } from './curve-model.ts';
import type { TrainingCurve } from './curves.ts';
import type { Basket } from './entropy-search.ts';

/** A configuration that could be the best: one that is done, one that may be thawed, or a new one. */
export interface Member {
  readonly params: Params;
  /** Undefined for a new one. */
  readonly curve?: TrainingCurve;
  /** To which amount of the resource it would go next; undefined where it has had all. */
  readonly next?: number;
}

/** What the model foresees of a member, in standard units. */
export interface Foreseen {
  readonly member: Member;
  /** Of its loss with the whole resource. */
  readonly mean: number;
  readonly variance: number;
}

const noPoints = { steps: new Float64Array(0), losses: new Float64Array(0) };
const curveOf = ({ curve }: Member) => curve ?? noPoints;

/** Of each member its loss with the whole resource, one by one. */
export function foreseeAll(study: StudyView, model: CurveModel, members: readonly Member[]): Foreseen[] {
  return members.map((member) => {
    const end = model.predictEnd(encode(study.space, member.params));
    const { first } = model.foresee(curveOf(member), 1, 1);
    return {
      member,
      mean: first.offset + first.slope * end.mean,
      variance: first.slope ** 2 * end.variance + first.variance,
    };
  });
}

/** Those with the highest expected improvement below `best`, in order. */
export const mostPromising = (foreseen: readonly Foreseen[], best: number, count: number): Foreseen[] =>
  foreseen.toSorted((a, b) => logExpected(b, best) - logExpected(a, best)).slice(0, count);

function logExpected({ mean, variance }: Foreseen, best: number): number {
  const deviation = Math.sqrt(Math.max(variance, 1e-12));
  return Math.log(deviation) + logImprovement((best - mean) / deviation);
}

/**
 * The joint distribution of what the members would reach with the whole resource, and of the next value of each that may go on: they
 * are bound together by the ends of their curves alone (Swersky et al. 2014, section 3.2).
 * @param max the whole resource
 */
export function basketOf(study: StudyView, model: CurveModel, members: readonly Member[], max: number): Basket {
  const n = members.length;
  const ends = model.predictEnds(members.map(({ params }) => encode(study.space, params)));
  const seen = members.map((member) => model.foresee(curveOf(member), 1, (member.next ?? max) / max));
  const covariance = ends.covariance.map((value, place) => {
    const [i, j] = [Math.floor(place / n), place % n];
    return seen[i].first.slope * seen[j].first.slope * value + (i === j ? seen[i].first.variance : 0);
  });
  const observations = members.flatMap(({ next }, k) => {
    if (next === undefined) return [];
    const { second, shared } = seen[k];
    const cross = seen.map(
      ({ first }, i) => first.slope * second.slope * ends.covariance[i * n + k] + (i === k ? shared : 0),
    );
    const variance = second.slope ** 2 * ends.covariance[k * n + k] + second.variance + model.noise;
    const mean = second.offset + second.slope * ends.mean[k];
    return [{ mean, variance, cross: Float64Array.from(cross) }];
  });
  const mean = Float64Array.from(seen, ({ first }, i) => first.offset + first.slope * ends.mean[i]);
  return { mean, covariance, observations };
}
