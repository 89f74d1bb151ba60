import type { Params } from '../../../../shared/space.ts';
import type { Random } from '../../../random.ts';
import { isCategorical } from '../../../space/distribution.ts';
import { decode, encode } from '../../../space/encoding.ts';
import type { StudyView } from '../../study-view.ts';
import { freshConfiguration } from '../halving/fresh.ts';
import { foreseeAll, type Member, mostPromising } from './basket.ts';
import type { CurveModel } from './curve-model.ts';
import type { TrainingCurve } from './curves.ts';

/** Configurations that are done and could be the best; more of them change no choice. */
const mostDone = 3;
/** Configurations among which the new ones of the basket are found. */
const draws = 40;
/** Standard deviation of a neighbour's numbers, as a share of their range. */
const step = 0.1;

/** What the basket is filled from. */
export interface BasketSetting {
  readonly study: StudyView;
  /** Amounts of the resource at which trainings are frozen, ascending; the last is all of it. */
  readonly levels: readonly number[];
  /** Paused and new configurations in the basket. */
  readonly paused: number;
  readonly fresh: number;
  readonly random: Random;
}

/** The basket: the best of those that are done, the most promising paused and the most promising new ones, in this order of promise. */
export function membersOf(setting: BasketSetting, model: CurveModel, curves: readonly TrainingCurve[]): Member[] {
  const { study, levels, paused, fresh } = setting;
  const known = curves.map((curve): Member => ({ params: curve.latest.params, curve, next: nextOf(curve, setting) }));
  const foreseen = foreseeAll(study, model, known);
  const best = Math.min(...foreseen.map(({ mean }) => mean));
  const done = foreseen.filter(({ member }) => member.curve?.latest.fidelity === levels[levels.length - 1]);
  const open = foreseen.filter(({ member }) => member.next !== undefined);
  const favourites = foreseen.toSorted((a, b) => a.mean - b.mean).slice(0, mostDone);
  const strangers = newcomers(
    setting,
    favourites.map(({ member }) => member.params),
  );
  return [
    ...done.toSorted((a, b) => a.mean - b.mean).slice(0, mostDone),
    ...mostPromising(open, best, paused),
    ...mostPromising(foreseeAll(study, model, strangers), best, fresh),
  ].map(({ member }) => member);
}

/** Different configurations that could be begun: half of them drawn uniformly, half near those that are foreseen to be the best. */
function newcomers({ study, levels, random }: BasketSetting, favourites: readonly Params[]): Member[] {
  const members = new Map<string, Member>();
  for (let draw = 0; draw < draws; draw++) {
    const params =
      draw % 2 === 0
        ? freshConfiguration(study, levels[0], random)
        : neighbour(study, favourites[(draw >> 1) % favourites.length], random);
    if (params && !study.tried(params, levels[0])) members.set(JSON.stringify(params), { params, next: levels[0] });
  }
  return [...members.values()];
}

/** A configuration moved a little in each number, with a choice drawn anew now and then; parameters that open are drawn uniformly. */
function neighbour({ space }: StudyView, params: Params, random: Random): Params {
  const point = encode(space, params).map((value, i) => {
    const anew = Number.isNaN(value) || (isCategorical(space.parameters[i].distribution) && random.uniform() < 0.1);
    if (anew) return random.uniform();
    return isCategorical(space.parameters[i].distribution)
      ? value
      : Math.min(1, Math.max(0, value + step * random.normal()));
  });
  return decode(space, point);
}

/** Where a paused training would be frozen again; undefined where it may not go on, or has been tried there. */
function nextOf({ latest, paused }: TrainingCurve, { study, levels }: BasketSetting): number | undefined {
  if (!paused) return undefined;
  const next = levels.find((level) => level > (latest.fidelity ?? Number.POSITIVE_INFINITY));
  return next !== undefined && !study.tried(latest.params, next) ? next : undefined;
}
