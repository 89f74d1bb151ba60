import type { Parameter, Space, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { isCategorical } from '../../space/distribution.ts';

/** Probabilities of each categorical parameter's choices, by name. */
export type ChoiceProbabilities = ReadonlyMap<string, Float64Array>;

export const evenProbabilities = ({ parameters }: Space): ChoiceProbabilities =>
  new Map(
    parameters.flatMap(({ name, distribution }) => {
      if (!isCategorical(distribution)) return [];
      const { length } = distribution.choices;
      return [[name, new Float64Array(length).fill(1 / length)]];
    }),
  );

/**
 * Moves the probabilities towards the choices of the fitter half of a generation (the cross-entropy method for choices: Rubinstein 1999;
 * CatCMA's natural gradient with a constant rate: Hamano et al. 2024). No choice falls below the margin, so that each is tried again
 * now and then. Members in which the parameter is not active say nothing of it.
 * @param fittest the generation, the fittest first
 */
export function adaptProbabilities(
  probabilities: ChoiceProbabilities,
  { parameters }: Space,
  fittest: readonly Trial[],
  rate: number,
): ChoiceProbabilities {
  const weight = (rank: number) => Math.max(0, Math.log((fittest.length + 1) / 2) - Math.log(rank + 1));
  return new Map(
    parameters.flatMap(({ name, distribution }) => {
      const before = probabilities.get(name);
      if (!before || !isCategorical(distribution)) return [];
      const seen = new Float64Array(before.length);
      for (const [rank, { params }] of fittest.entries()) {
        if (name in params) seen[distribution.choices.indexOf(params[name])] += weight(rank);
      }
      const total = seen.reduce((sum, value) => sum + value, 0);
      const moved = total === 0 ? before : before.map((p, i) => p + rate * (seen[i] / total - p));
      return [[name, withLeast(moved, probabilities.size)]];
    }),
  );
}

/** The margin of Hamano et al. 2024, equation 21: that any of the parameters leaves its likeliest choice has probability 0.27 at least. */
function withLeast(probabilities: Float64Array, parameters: number): Float64Array {
  const { length } = probabilities;
  if (length === 1) return probabilities;
  const least = (1 - 0.73 ** (1 / parameters)) / (length - 1);
  const free = probabilities.map((p) => Math.max(0, p - least));
  const total = free.reduce((sum, value) => sum + value, 0);
  return free.map((p) => least + (total === 0 ? 1 / length : p / total) * (1 - length * least));
}

export function drawChoice(
  probabilities: ChoiceProbabilities,
  { name, distribution }: Parameter,
  random: Random,
): Value {
  if (!isCategorical(distribution)) throw new RangeError(`parameter "${name}" is not a choice`);
  const chances = probabilities.get(name) as Float64Array;
  const u = random.uniform();
  let below = 0;
  for (const [i, chance] of chances.entries()) {
    below += chance;
    if (u < below) return distribution.choices[i];
  }
  return distribution.choices[chances.length - 1];
}
