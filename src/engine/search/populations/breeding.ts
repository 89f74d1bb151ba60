import { listWords } from '../../../shared/results/numbers.ts';
import type { Params } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { activeParameters, configure } from '../../space/conditions.ts';
import { sampleValue } from '../../space/distribution.ts';
import type { StudyView } from '../study-view.ts';
import { crossValues } from './crossover.ts';
import { mutateValue } from './mutation.ts';
import { drawUntried } from './untried.ts';

/** A configuration with its parents, and the parameters whose values neither of them gave. */
export interface Child {
  readonly params: Params;
  /** Numbers of one or two trials. */
  readonly parents: readonly number[];
  readonly moved: readonly string[];
}

/** Probability that both parents give; else the child is the first parent's alone (Deb et al. 2002, section V). */
const crossing = 0.9;

/** A child that was not tried before, of parents drawn anew at each attempt; the last one of fifty where all were. */
export const breed = (study: StudyView, drawParents: () => readonly [Trial, Trial], random: Random): Child =>
  drawUntried(study, () => {
    const [first, second] = drawParents();
    return childOf(study, random.uniform() < crossing ? [first, second] : [first, first], random);
  });

/**
 * Goes down the conditions: an active parameter's value is crossed where both parents have it, inherited where one does, drawn at
 * random where none does; then each is mutated with probability 1 / (number of parameters).
 */
function childOf({ space }: StudyView, [first, second]: readonly [Trial, Trial], random: Random): Child {
  const moved: string[] = [];
  const rate = 1 / Math.max(1, activeParameters(space, first.params).length);
  const params = configure(space, ({ name, distribution }) => {
    const values = [first, second].flatMap((parent) => (name in parent.params ? [parent.params[name]] : []));
    const inherited =
      values.length === 0
        ? sampleValue(distribution, random)
        : crossValues(distribution, values[0], values[values.length - 1], random);
    const value = random.uniform() < rate ? mutateValue(distribution, inherited, random) : inherited;
    if (!values.includes(value)) moved.push(name);
    return value;
  });
  return { params, parents: [...new Set([first.number, second.number])], moved };
}

/** 'Child of trials 12 and 31: rate and depth moved.' */
export function childWords({ parents, moved }: Child): string {
  const from = `Child of ${trialWords(parents)}`;
  return moved.length === 0 ? `${from}: every value is one of theirs.` : `${from}: ${listWords(moved)} moved.`;
}

/** 'trial 3', 'trials 3, 5 and 9' */
export const trialWords = (numbers: readonly number[]): string =>
  `trial${numbers.length === 1 ? '' : 's'} ${listWords(numbers.map(String))}`;

/** The fittest of so many drawn members, given that the population is in order of fitness. */
export function tournament(fittest: readonly Trial[], rounds: number, random: Random): Trial {
  let place = fittest.length;
  for (let round = 0; round < rounds; round++) place = Math.min(place, random.integer(fittest.length));
  return fittest[place];
}
