import type { FootprintPoint, Region, SearchFootprint } from '../../../shared/results/search-footprint.ts';
import type { Params, Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';
import { configure, isForbidden } from '../../space/conditions.ts';
import { configurationKey, sampleConfiguration } from '../../space/configuration.ts';
import { isCategorical, listedValues } from '../../space/distribution.ts';
import { decodeValue, encode } from '../../space/encoding.ts';
import { correlation } from '../../statistics/rank-correlation.ts';
import type { StudyView } from '../study-view.ts';
import { type ChanceModel, chanceBelow, chanceModel } from './chance-model.ts';
import { distanceOver } from './distance.ts';
import { type Embedding, embed } from './embedding.ts';
import { bestFirst, inOwnUnit, type Judgement } from './judged-trials.ts';
import { type SearchModel, searchModel } from './search-model.ts';

/** 'near': a tenth of the largest distance. 'may well': one chance in twenty, as in learning-curve pruning (Domhan et al. 2015). */
const [near, least] = [0.1, 0.05];
/** Configurations that the shares are counted from, and of each kind on the map. */
const sampled = 1_000;
const onMap = { tried: 200, border: 60, random: 140 } as const;

interface Place {
  readonly kind: FootprintPoint['kind'];
  readonly trial: number | null;
  readonly params: Params;
  readonly point: Float64Array;
  /** Known where it was tried. */
  readonly loss?: number;
}

/**
 * How much of the space the search has seen (after DeepCAVE's footprint: Sass et al. 2022; and OAPT: Xu et al. 2016): tried
 * configurations among border and random ones, each covered by a trial nearby, promising, or dead, on a map whose distances
 * resemble those in the space. Throws the UserErrors of `judgedTrials`.
 */
export function footprintOf(study: StudyView, judgement: Judgement, random: Random): SearchFootprint {
  const model = searchModel(study, judgement, random);
  const { space, judged } = model;
  const judge = judgeOf(model, chanceModel(model, random.fork('chance')));
  const sample = configurationsOf(space, sampled, random.fork('sample'));
  const counted = sample.map((params) => judge({ kind: 'random', trial: null, params, point: encode(space, params) }));
  const places = placesOf(model, sample, random.fork('border'));
  const distances = distancesBetween(space, places);
  const map = embed(distances, places.length, random.fork('map'));
  const share = (region: Region) => counted.filter((of) => of.region === region).length / counted.length;
  const scale = largestOf(map) || 1;
  return {
    kind: 'search-footprint',
    ...model.basis,
    points: places.map((place, i): FootprintPoint => {
      const { kind, trial, params } = place;
      return { kind, trial, params, x: map.x[i] / scale, y: map.y[i] / scale, ...judge(place) };
    }),
    best: judged.trials[judged.best].number,
    shares: { covered: share('covered'), promising: share('promising'), dead: share('dead') },
    sampled: counted.length,
    near,
    least,
    faithfulness: faithfulnessOf(distances, map),
  };
}

type Judged = Pick<FootprintPoint, 'value' | 'deviation' | 'chance' | 'region'>;

function judgeOf({ space, forest, judged }: SearchModel, chances: ChanceModel): (place: Place) => Judged {
  const distance = distanceOver(space);
  const best = chances.toScale(judged.losses[judged.best]);
  return ({ point, loss }) => {
    if (loss !== undefined) return { value: inOwnUnit(loss, judged), deviation: 0, chance: 0, region: 'covered' };
    const { mean, deviation } = forest.predict([point]);
    const scaled = chances.forest.predict([point]);
    const chance = chanceBelow(best, scaled.mean[0], scaled.deviation[0]);
    const covered = judged.points.some((tried) => distance(tried, point) <= near);
    const region = covered ? 'covered' : chance >= least ? 'promising' : 'dead';
    return { value: inOwnUnit(mean[0], judged), deviation: deviation[0], chance, region };
  };
}

/** The best trials and others evenly, then border and random configurations. */
function placesOf({ space, judged }: SearchModel, sample: readonly Params[], random: Random): Place[] {
  const order = bestFirst(judged);
  const step = Math.max(1, order.length / onMap.tried);
  const tried = Array.from({ length: Math.min(onMap.tried, order.length) }, (_, i) => order[Math.floor(i * step)]);
  const untried = (kind: 'border' | 'random', configurations: readonly Params[]) =>
    configurations.map((params): Place => ({ kind, trial: null, params, point: encode(space, params) }));
  return [
    ...tried.map((i): Place => {
      const { number, params } = judged.trials[i];
      return { kind: 'tried', trial: number, params, point: judged.points[i], loss: judged.losses[i] };
    }),
    ...untried('border', borderOf(space, onMap.border, random)),
    ...untried('random', sample.slice(0, onMap.random)),
  ];
}

const configurationsOf = (space: Space, count: number, random: Random): Params[] =>
  Array.from({ length: count }, () => sampleConfiguration(space, random));

/** Configurations with every number at an end of its range and choices by lot; each once. */
function borderOf(space: Space, count: number, random: Random): Params[] {
  const found = new Map<string, Params>();
  for (let draw = 0; draw < 4 * count && found.size < count; draw++) {
    const params = configure(space, ({ distribution }) => {
      const choices = isCategorical(distribution) ? listedValues(distribution) : undefined;
      return choices ? choices[random.integer(choices.length)] : decodeValue(distribution, random.integer(2));
    });
    if (!isForbidden(space, params)) found.set(configurationKey(params), params);
  }
  return [...found.values()];
}

function distancesBetween(space: Space, places: readonly Place[]): Float64Array {
  const distance = distanceOver(space);
  const count = places.length;
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const of = distance(places[i].point, places[j].point);
      distances[i * count + j] = of;
      distances[j * count + i] = of;
    }
  }
  return distances;
}

function faithfulnessOf(distances: Float64Array, { x, y }: Embedding): number {
  const [given, shown]: [number[], number[]] = [[], []];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      given.push(distances[i * x.length + j]);
      shown.push(Math.hypot(x[i] - x[j], y[i] - y[j]));
    }
  }
  return correlation(given, shown);
}

const largestOf = ({ x, y }: Embedding): number =>
  [...x, ...y].reduce((most, coordinate) => Math.max(most, Math.abs(coordinate)), 0);
