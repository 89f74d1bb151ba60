import { numberWords } from '../../../shared/results/numbers.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { sampleValue } from '../../space/distribution.ts';
import { decode } from '../../space/encoding.ts';
import { pointOf, pointText, readPoint } from '../populations/coordinates.ts';
import { ownTrials } from '../populations/generations.ts';
import { populationSize } from '../populations/population-size.ts';
import { finishedTrials, fittestFirst } from '../populations/standing.ts';
import { quasiRandom } from '../populations/start.ts';
import { drawUntried } from '../populations/untried.ts';
import type { Sampler, Suggestion } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';

const particleName = 'particle-swarm.particle';
const pointName = 'particle-swarm.point';
const velocityName = 'particle-swarm.velocity';
/** Inertia and the pulls towards both best places: the constriction of Clerc and Kennedy 2002, for which the swarm settles. */
const inertia = 0.7298;
const pull = 1.49618;

/**
 * Particle swarm optimisation (Kennedy and Eberhart 1995) on the unit cube of the whole space, choices and grids by their cells. A
 * particle's next place is its last one plus a velocity that is drawn to the particle's best place and to the swarm's; both are
 * recorded in the trial. Particles take turns and never wait: one whose last trial still runs goes on with what is known. At a bound a
 * particle stops. The fittest trial of others can be the swarm's best.
 */
export function particleSwarmSampler({ particles = 20 }: { readonly particles?: number } = {}): Sampler {
  return {
    name: 'particle-swarm',
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, space, random) {
      const size = populationSize(study, particles);
      const own = ownTrials(study, particleName);
      const particle = own % size;
      const fittest = fittestFirst(finishedTrials(study), study.directions);
      const last = study.trials.findLast(({ attributes }) => attributes[particleName] === particle);
      if (own < size || !last || fittest.length === 0) return firstPlace(study, own, particle, size);
      const best = fittest.find(({ attributes }) => attributes[particleName] === particle) ?? fittest[0];
      const flight = drawUntried(study, (passed) => {
        const flown = fly(study, last, best, fittest[0], 1 + passed / 10, random);
        return { ...flown, params: decode(space, flown.point) };
      });
      const step = Math.sqrt(flight.velocity.reduce((sum, v) => sum + v * v, 0) / Math.max(1, flight.velocity.length));
      const drawn =
        best === fittest[0]
          ? `the swarm's best, trial ${best.number}`
          : `its own best, trial ${best.number}, and the swarm's, trial ${fittest[0].number}`;
      const words = `Particle ${particle + 1} flies on from trial ${last.number}, drawn to ${drawn}; ${numberWords(step, 2)} of each range at this step.`;
      const parents = [...new Set([last, best, fittest[0]].map(({ number }) => number))];
      const generation = Math.floor(own / size);
      return {
        params: flight.params,
        why: { sampler: 'particle-swarm', phase: 'mutate', words, parents, generation },
        attributes: {
          [particleName]: particle,
          [pointName]: pointText(flight.point),
          [velocityName]: pointText(flight.velocity),
        },
      };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

function firstPlace(study: StudyView, own: number, particle: number, size: number): Suggestion {
  const words = `First place of particle ${particle + 1} of ${size}, spread evenly over the space.`;
  return {
    params: quasiRandom(study, own).params,
    why: { sampler: 'particle-swarm', phase: 'start-up', words, generation: 0 },
    attributes: { [particleName]: particle },
  };
}

/** Equations 3 and 4 of Clerc and Kennedy 2002. @param reach multiplies the step where shorter ones led to tried configurations */
function fly({ space }: StudyView, last: Trial, best: Trial, swarmBest: Trial, reach: number, random: Random) {
  const from = pointOf(last, space.parameters, pointName);
  const before = velocityOf(last, from.length);
  const [own, swarm] = [best, swarmBest].map((trial) => pointOf(trial, space.parameters, pointName));
  const velocity = before.map((v, i) => {
    const drawn = pull * random.uniform() * (own[i] - from[i]) + pull * random.uniform() * (swarm[i] - from[i]);
    return reach * (inertia * v + drawn);
  });
  const point = from.map((x, i) => Math.min(1, Math.max(0, x + velocity[i])));
  const stopped = velocity.map((v, i) => (point[i] === from[i] + v ? v : 0));
  return { point: readPoint(pointText(point)), velocity: stopped };
}

/** At first a particle rests. */
function velocityOf({ attributes }: Trial, length: number): Float64Array {
  const text = attributes[velocityName];
  const recorded = typeof text === 'string' ? readPoint(text) : undefined;
  return recorded?.length === length ? recorded : new Float64Array(length);
}
