import { numberWords } from '../../../shared/results/numbers.ts';
import type { Parameter, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { isCategorical, sampleValue } from '../../space/distribution.ts';
import { trialWords } from '../populations/breeding.ts';
import { configurationAt, pointOf, pointText, readPoint, steppable } from '../populations/coordinates.ts';
import { generationsOf, ownTrials } from '../populations/generations.ts';
import { mutateValue } from '../populations/mutation.ts';
import { fittestFirst } from '../populations/standing.ts';
import { firstMember } from '../populations/start.ts';
import { drawUntried } from '../populations/untried.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';

const generationName = 'evolution-strategy.generation';
const pointName = 'evolution-strategy.point';
const stepName = 'evolution-strategy.step';
/** A sixth of each range at first; never so small that nothing changes any more. */
const [startStep, leastStep] = [1 / 6, 1e-8];

/**
 * A (mu/mu, lambda) evolution strategy with self-adaptation (Beyer and Schwefel 2002, section 4; step sizes mutate log-normally with
 * tau = 1 / sqrt(2 n)): each trial is the mean of the last generation's mu = lambda / 4 fittest plus a normal step in all numeric
 * parameters, and records point and step size, which the next generation inherits with what succeeded. Choices and
 * single values come from one of the mu parents, now and then another choice. Trials of
 * others stay candidates. The first generation is a Sobol sequence.
 */
export function evolutionStrategySampler({ offspring = 12 }: { readonly offspring?: number } = {}): Sampler {
  return {
    name: 'evolution-strategy',
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, space, random) {
      const { current, before, others } = generationsOf(study, generationName, offspring);
      const axes = steppable(space);
      if (current === 0) {
        const attributes = { [generationName]: 0, [stepName]: startStep };
        const own = ownTrials(study, generationName);
        return firstMember(study, 'evolution-strategy', own, `generation of ${offspring}`, attributes);
      }
      const parents = fittestFirst([...before[current - 1], ...others], study.directions).slice(
        0,
        Math.max(1, offspring >> 2),
      );
      const drawn = drawUntried(study, () => drawChild(study, axes, parents, random));
      const numbers = parents.map(({ number }) => number);
      const step = axes.length > 0 ? `, a step of ${numberWords(drawn.step, 2)} of each range away` : '';
      const words = `Generation ${current}: from the middle of ${trialWords(numbers)}${step}.`;
      return {
        params: drawn.params,
        why: { sampler: 'evolution-strategy', phase: 'mutate', words, parents: numbers, generation: current },
        attributes: { [generationName]: current, [pointName]: drawn.text, [stepName]: drawn.step },
      };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

function drawChild(study: StudyView, axes: readonly Parameter[], parents: readonly Trial[], random: Random) {
  const inherited = parents.reduce((sum, trial) => sum + Math.log(stepOf(trial)), 0) / parents.length;
  const step = Math.max(leastStep, Math.exp(inherited + random.normal() / Math.sqrt(2 * Math.max(1, axes.length))));
  const points = parents.map((trial) => pointOf(trial, axes, pointName));
  const point = Float64Array.from(axes, (_, i) => {
    const mean = points.reduce((sum, one) => sum + one[i], 0) / points.length;
    return Math.min(1, Math.max(0, mean + step * random.normal()));
  });
  const text = pointText(point);
  const params = configurationAt(study.space, axes, readPoint(text), (parameter) =>
    inheritedValue(study, parameter, parents, random),
  );
  return { params, text, step };
}

const stepOf = ({ attributes }: Trial): number => Number(attributes[stepName] ?? startStep);

/** A parent's value, or with probability 1 / (number of parameters) another; at random where no parent has the parameter. */
function inheritedValue(
  { space }: StudyView,
  { name, distribution }: Parameter,
  parents: readonly Trial[],
  random: Random,
): Value {
  const values = parents.flatMap(({ params }) => (name in params ? [params[name]] : []));
  if (values.length === 0) return sampleValue(distribution, random);
  const value = values[random.integer(values.length)];
  const mutates = isCategorical(distribution) && random.uniform() < 1 / space.parameters.length;
  return mutates ? mutateValue(distribution, value, random) : value;
}
