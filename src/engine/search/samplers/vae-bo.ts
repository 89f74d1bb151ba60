import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Space } from '../../../shared/space.ts';
import { cumulative } from '../../numerics/standard-normal.ts';
import { createRandom, type Random } from '../../random.ts';
import { describeSpace } from '../../space/description.ts';
import { acquisitions } from '../acquisition/acquisition.ts';
import {
  type CandidateSearchOptions,
  type Score,
  type ScoredPoint,
  scatter,
  searchCandidates,
} from '../acquisition/candidate-search.ts';
import { Cube } from '../acquisition/cube.ts';
import type { ExplainedSurrogate } from '../acquisition/surrogate-reason.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { fitGaussianProcess } from '../surrogates/gaussian-process/fit.ts';
import {
  type Autoencoder,
  type AutoencoderOptions,
  createAutoencoder,
  decodeLatent,
  encodeLatent,
  trainAutoencoder,
} from '../surrogates/variational-autoencoder.ts';
import { modelBasedSampler, standardScale, startTrials } from './model-based.ts';

/** Configurations drawn from the space to learn it from. */
const poolSize = 512;
const [firstTraining, retraining] = [
  { steps: 400, batch: 32, rate: 0.01 },
  { steps: 60, batch: 32, rate: 0.003 },
];
/** Rows of a retraining that are tried configurations; the others are of the pool. */
const triedShare = 0.5;
/** k of the weights 1 / (k n + rank): the smaller, the more the best count (Tripp et al. 2020, equation 2). */
const rankFlatness = 0.1;

interface LatentProcess extends ExplainedSurrogate {
  readonly autoencoder: Autoencoder;
}

/**
 * Bayesian optimisation in the latent space of a variational autoencoder (Gomez-Bombarelli et al. 2018; weighted retraining of Tripp et
 * al. 2020): an autoencoder learns to write configurations as a few continuous numbers, a Gaussian process models the losses over
 * those, and what the search finds there is decoded to valid configurations, whatever their conditions. The autoencoder learns from
 * configurations drawn from the space, and before each suggestion also from the tried ones, good ones more often.
 */
export function vaeBoSampler(options: AutoencoderOptions = {}): Sampler {
  const learnt = new WeakMap<StudyView, Lesson>();
  const lessonOf = (study: StudyView): Lesson => {
    const lesson = learnt.get(study) ?? firstLesson(study, options);
    learnt.set(study, lesson);
    return lesson;
  };
  return modelBasedSampler({
    name: 'vae-bo',
    startTrials,
    scale: standardScale,
    fit: (study, points, losses, random) => fitLatent(lessonOf(study), points, losses, random),
    acquisition: acquisitions['log-ei'],
    search: { draws: 512, starts: 4, rounds: 15 },
    propose: decoded,
  });
}

/** What is learnt of a space before any trial: the same for the same study, so that it may be kept or made again. */
interface Lesson {
  readonly pool: readonly Float64Array[];
  readonly autoencoder: Autoencoder;
}

function firstLesson({ space, seed }: StudyView, options: AutoencoderOptions): Lesson {
  const random = createRandom(seed).fork('vae-bo');
  const pool = scatter(new Cube(space), poolSize, random.fork('pool'));
  const untrained = createAutoencoder(space, random.fork('weights'), options);
  const draw = (own: Random) => pool[own.integer(pool.length)];
  return { pool, autoencoder: trainAutoencoder(untrained, draw, firstTraining, random.fork('training')) };
}

function fitLatent(
  { pool, autoencoder: first }: Lesson,
  points: readonly Float64Array[],
  losses: Float64Array,
  random: Random,
): LatentProcess {
  const drawTried = byRank(points, losses);
  const draw = (own: Random) => (own.uniform() < triedShare ? drawTried(own) : pool[own.integer(pool.length)]);
  const autoencoder = trainAutoencoder(first, draw, retraining, random);
  const latents = (asked: readonly Float64Array[]) => encodeLatent(autoencoder, asked).map((z) => z.map(cumulative));
  const process = fitGaussianProcess(latentSpace(autoencoder.latent), latents(points), losses);
  return {
    name: 'Gaussian process on the latent space of an autoencoder',
    noise: process.noise,
    fit: process.leaveOneOut(),
    fitName: 'leave-one-out R2',
    autoencoder,
    predict: (asked) => process.predict(latents(asked)),
    weights: (point) => process.weights(latents([point])[0]),
  };
}

/** Draws tried configurations with weights 1 / (k n + rank), rank 0 being the best. */
function byRank(points: readonly Float64Array[], losses: Float64Array): (random: Random) => Float64Array {
  const order = Array.from(points.keys()).sort((a, b) => losses[a] - losses[b] || a - b);
  let total = 0;
  const sums = order.map((_, rank) => (total += 1 / (rankFlatness * points.length + rank)));
  return (random) => {
    const place = random.uniform() * total;
    return points[order[sums.findIndex((sum) => sum > place)]];
  };
}

/** The cube of latent vectors: each number by its place in the standard normal distribution, which the autoencoder aims at. */
const latentSpace = (latent: number): Space =>
  describeSpace(Object.fromEntries(Array.from({ length: latent }, (_, k) => [`z${k}`, { float: [0, 1] as const }])));

/** Ends of the cube would be infinite. */
const outermost = 1e-4;
const fromCube = (point: Float64Array): Float64Array =>
  point.map((place) => normalQuantile(Math.min(1 - outermost, Math.max(outermost, place)), 0, 1));

/** Searches the latent cube by what the decoded configurations are worth; each configuration once, best first. */
function decoded(
  cube: Cube,
  { autoencoder }: LatentProcess,
  score: Score,
  search: CandidateSearchOptions,
  random: Random,
): ScoredPoint[] {
  const found = new Map<string, ScoredPoint>();
  const scoreLatent: Score = (latents) => {
    const points = decodeLatent(autoencoder, latents.map(fromCube));
    const allowed = points.map((point) => cube.settle(point));
    const scores = score(points).map((value, i) => (allowed[i] ? value : Number.NEGATIVE_INFINITY));
    for (const [i, point] of points.entries()) if (allowed[i]) found.set(String(point), { point, score: scores[i] });
    return scores;
  };
  const latentCube = new Cube(latentSpace(autoencoder.latent));
  const tried = search.incumbents ?? [];
  const incumbents = encodeLatent(autoencoder, tried).map((z) => z.map(cumulative));
  searchCandidates(latentCube, scoreLatent, { ...search, incumbents }, random);
  if (found.size === 0) {
    // All that was decoded is forbidden: with what is tried already, the study draws at random and says so.
    const scores = score(tried);
    return tried.map((point, i) => ({ point, score: scores[i] }));
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}
