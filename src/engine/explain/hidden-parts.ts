import type { Table } from '../data/table.ts';
import type { Random } from '../random.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { Asking } from './asking.ts';
import type { CountedPredictor } from './counted-predictor.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { type LinearFit, moments, ridge, weightedR2 } from './weighted-ridge.ts';

/** A thing made of parts (words, patches of a picture) some of which can be hidden. */
export interface HidingPlan {
  readonly parts: number;
  /** Samples that the surrogate is fitted on, over all repeats; a share of one repeat more is held out. */
  readonly samples: number;
  readonly repeats: number;
  /** Which parts stay, 1 or 0 each. */
  readonly draw: (random: Random) => Uint8Array;
  /** How much a sample counts, of which so many parts stay. */
  readonly weightOf: (kept: number) => number;
  /** What the model is asked of each mask. */
  readonly rowsOf: (masks: readonly Uint8Array[]) => Table;
}

/** A linear model of which parts stay, with what it is worth. */
export interface PartsSurrogate {
  /** [parts] and their standard deviations over repeats; empty where too little was asked. */
  readonly weights: readonly number[];
  readonly spreads: readonly number[];
  readonly intercept: number;
  /** On samples that it did not see; null where the output does not vary or too little was asked. */
  readonly heldOutR2: number | null;
  /** Samples that were fitted on, and how many were meant to be. */
  readonly fitted: number;
  readonly planned: number;
}

/** Fewer samples a repeat say nothing. */
const fewest = 4;
const nothing = { weights: [], spreads: [], intercept: 0, heldOutR2: null, fitted: 0 };

/** Of the ridge over all repeats, as in lime. */
const alpha = 1;

/**
 * LIME for what is made of parts (Ribeiro, Singh and Guestrin 2016): a weighted ridge on which parts of a sample stay. All repeats and
 * the held-out samples are asked at once, taking turns, so that what was asked until it was enough serves all of them. Alike samples are
 * asked once.
 */
export async function surrogateOfParts(
  counted: CountedPredictor,
  output: ExplainedOutput,
  plan: HidingPlan,
  random: Random,
  progress: (share: number) => void,
  enough: () => boolean,
): Promise<PartsSurrogate> {
  if (plan.parts === 0) return { ...nothing, planned: 0 };
  const turns = plan.repeats + 1;
  const each = Math.max(fewest, Math.ceil(plan.samples / plan.repeats));
  const planned = each * plan.repeats;
  const masks = Array.from({ length: each * turns }, (_, i) =>
    i === 0 ? new Uint8Array(plan.parts).fill(1) : plan.draw(random),
  );
  const places = new Map<string, number>();
  const asked: Uint8Array[] = [];
  const placeOf = masks.map((mask) => {
    const key = mask.join('');
    if (!places.has(key)) places.set(key, asked.push(mask) - 1);
    return places.get(key)!;
  });
  const answers = await new Asking(heard(counted, asked.length, progress), enough).ask(plan.rowsOf(asked));
  const classCount = answers.outputs;
  const known = output.of(
    counted.classes
      ? { kind: 'probabilities', classCount, values: answers.values }
      : { kind: 'values', values: answers.values },
  );
  const groups = Array.from({ length: turns }, (_, turn) =>
    designOf(
      plan,
      masks.flatMap((mask, i) => (i % turns === turn && placeOf[i] < answers.asked ? [[mask, known[placeOf[i]]]] : [])),
    ),
  );
  const fitted = groups.slice(0, -1).reduce((sum, { response }) => sum + response.length, 0);
  if (groups.some(({ response }) => response.length < fewest)) return { ...nothing, planned };
  const columns = Array.from({ length: plan.parts }, (_, j) => j);
  const fits = groups
    .slice(0, -1)
    .map(({ design, response, weights }) => ridge(moments(design, response, weights), columns, alpha / plan.repeats));
  const together = meanFit(fits);
  const heldOut = groups[turns - 1];
  return {
    weights: [...together.coefficients],
    spreads: columns.map((j) => standardDeviation(fits.map(({ coefficients }) => coefficients[j]))),
    intercept: together.intercept,
    heldOutR2: weightedR2(together, heldOut.design, heldOut.response, heldOut.weights),
    fitted,
    planned,
  };
}

const meanFit = (fits: readonly LinearFit[]): LinearFit => ({
  intercept: mean(fits.map(({ intercept }) => intercept)),
  coefficients: fits[0].coefficients.map((_, j) => mean(fits.map(({ coefficients }) => coefficients[j]))),
});

/** [samples x parts] row-major, [samples], [samples] */
function designOf(plan: HidingPlan, samples: readonly (readonly [mask: Uint8Array, response: number])[]) {
  const design = new Float64Array(samples.length * plan.parts);
  samples.forEach(([mask], i) => {
    design.set(mask, i * plan.parts);
  });
  const keptIn = (mask: Uint8Array) => mask.reduce((sum, one) => sum + one, 0);
  return {
    design,
    response: Float64Array.from(samples, ([, response]) => response),
    weights: Float64Array.from(samples, ([mask]) => plan.weightOf(keptIn(mask))),
  };
}

/** Tells how many of the rows have been predicted. */
function heard(counted: CountedPredictor, rows: number, progress: (share: number) => void): CountedPredictor {
  let done = 0;
  return {
    ...counted,
    async predict(table) {
      const prediction = await counted.predict(table);
      done += table.rowCount;
      progress(done / rows);
      return prediction;
    },
  };
}

/** `exp(-d^2 / (2 width^2))` of the cosine distance from the whole of a sample of which so many parts stay. */
export const cosineWeight =
  (parts: number, width: number) =>
  (kept: number): number =>
    Math.exp(-((1 - Math.sqrt(kept / parts)) ** 2) / (2 * width * width));
