import type { RegressionTree } from '../../surrogates/random-forest/regression-tree.ts';
import { type Bound, type Box, boxesOf, shareOf } from './boxes.ts';
import type { Side, SpaceBranch } from './branches.ts';

/** A parameter's values in the parts between which the tree tells a difference. */
interface Parts {
  readonly count: number;
  massesIn(side: Side): Float64Array;
  /** Runs [from, to) of parts that a bound lets in. */
  runs(bound: Bound | undefined): readonly (readonly [number, number])[];
}

/** A box's mass within a branch, and by bound. */
interface Weighed {
  readonly box: Box;
  readonly mass: number;
  massBut(features: readonly number[]): number;
}

/**
 * Functional ANOVA of one tree (Hutter, Hoos and Leyton-Brown 2014, section 4.4): its leaves part the space into boxes, so that the mean of its
 * prediction over all other parameters, and the variance of that, are sums over boxes. With conditions, the sums go over the branches of the
 * space, and a parameter's marginal is taken where it is active and counts by the probability of that: on a space without conditions
 * this is the paper's, and shares stay in [0, 1] with them.
 */
export class TreeDecomposition {
  readonly #branches: readonly SpaceBranch[];
  readonly #boxes: readonly Box[];
  readonly #weighed: readonly (readonly Weighed[])[];
  readonly #parts = new Map<number, Parts>();
  readonly #effects = new Map<number, number>();
  /** Variance of the tree over the whole space. */
  readonly total: number;

  constructor(tree: RegressionTree, branches: readonly SpaceBranch[], inUnit: (mean: number) => number) {
    this.#branches = branches;
    this.#boxes = boxesOf(tree, inUnit);
    this.#weighed = branches.map(({ sides }) => this.#boxes.flatMap((box) => weigh(box, sides)));
    const [mean, square] = [1, 2].map((power) =>
      branches.reduce(
        (sum, { probability }, b) =>
          sum + probability * this.#weighed[b].reduce((of, { box, mass }) => of + mass * box.value ** power, 0),
        0,
      ),
    );
    this.total = Math.max(0, square - mean ** 2);
  }

  /** Variance that the parameter explains by itself where it is active, times the probability of that. */
  single(feature: number): number {
    const known = this.#effects.get(feature);
    if (known !== undefined) return known;
    const { sums, masses } = this.#marginal([feature]);
    const effect = this.#isUsed(feature) ? varianceOf(sums, masses) : 0;
    this.#effects.set(feature, effect);
    return effect;
  }

  /** Variance that two parameters explain together beyond what each does alone, where both are active. */
  pair(first: number, second: number): number {
    if (!this.#isUsed(first) || !this.#isUsed(second)) return 0;
    const { sums, masses } = this.#marginal([first, second]);
    return interactionOf(sums, masses, this.#partsOf(first).count, this.#partsOf(second).count);
  }

  #isUsed(feature: number): boolean {
    return this.#boxes.some(({ bounds }) => bounds.some((bound) => bound.feature === feature));
  }

  /** Over the parts of one or two parameters: mass, and mass x mean prediction. */
  #marginal(features: readonly number[]): { sums: Float64Array; masses: Float64Array } {
    const [first, second] = features.map((feature) => this.#partsOf(feature));
    const [rows, columns] = [first.count, second?.count ?? 1];
    const [sums, masses] = [new Float64Array(rows * columns), new Float64Array(rows * columns)];
    for (const [b, { probability, sides }] of this.#branches.entries()) {
      const own = features.map((feature) => sides[feature]);
      if (own.some((side) => side === undefined)) continue;
      const firstMasses = first.massesIn(own[0] as Side);
      const secondMasses = second ? second.massesIn(own[1] as Side) : Float64Array.of(1);
      const means = this.#meansIn(b, features, rows, columns);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          const mass = probability * firstMasses[i] * secondMasses[j];
          masses[i * columns + j] += mass;
          sums[i * columns + j] += mass * means[i * columns + j];
        }
      }
    }
    return { sums, masses };
  }

  /** [rows x columns] mean prediction in a branch with the features held in each of their parts, by sums of differences along both sides. */
  #meansIn(branch: number, features: readonly number[], rows: number, columns: number): Float64Array {
    const width = columns + 1;
    const steps = new Float64Array((rows + 1) * width);
    const [first, second] = features.map((feature) => this.#partsOf(feature));
    for (const { box, massBut } of this.#weighed[branch]) {
      const [one, two] = features.map((feature) => box.bounds.find((bound) => bound.feature === feature));
      const value = massBut(features) * box.value;
      for (const [top, bottom] of first.runs(one)) {
        for (const [left, right] of second ? second.runs(two) : [[0, 1] as const]) {
          steps[top * width + left] += value;
          steps[top * width + right] -= value;
          steps[bottom * width + left] -= value;
          steps[bottom * width + right] += value;
        }
      }
    }
    const means = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const above = i > 0 ? means[(i - 1) * columns + j] : 0;
        const before = j > 0 ? means[i * columns + j - 1] : 0;
        const corner = i > 0 && j > 0 ? means[(i - 1) * columns + j - 1] : 0;
        means[i * columns + j] = steps[i * width + j] + above + before - corner;
      }
    }
    return means;
  }

  #partsOf(feature: number): Parts {
    const known = this.#parts.get(feature);
    if (known) return known;
    const bounds = this.#boxes.flatMap(({ bounds }) => bounds.filter((bound) => bound.feature === feature));
    const choices = bounds.find((bound) => bound.choices)?.choices?.length;
    const parts = choices === undefined ? intervals(bounds) : singles(choices);
    this.#parts.set(feature, parts);
    return parts;
  }
}

function weigh(box: Box, sides: readonly (Side | undefined)[]): Weighed[] {
  const shares = box.bounds.map((bound) => shareOf(bound, sides[bound.feature]));
  const mass = shares.reduce((product, share) => product * share, 1);
  if (mass === 0) return [];
  const massBut = (features: readonly number[]) =>
    box.bounds.reduce((rest, { feature }, i) => (features.includes(feature) ? rest / shares[i] : rest), mass);
  return [{ box, mass, massBut }];
}

/** Between the thresholds of a tree. */
function intervals(bounds: readonly Bound[]): Parts {
  const cuts = [...new Set(bounds.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite))].sort(
    (a, b) => a - b,
  );
  const place = new Map(cuts.map((cut, i) => [cut, i + 1]));
  const edges = [Number.NEGATIVE_INFINITY, ...cuts, Number.POSITIVE_INFINITY];
  return {
    count: cuts.length + 1,
    massesIn: (side) => Float64Array.from({ length: cuts.length + 1 }, (_, i) => side.between(edges[i], edges[i + 1])),
    runs: (bound) => {
      if (!bound) return [[0, cuts.length + 1]];
      return bound.active ? [[place.get(bound.low) ?? 0, place.get(bound.high) ?? cuts.length + 1]] : [];
    },
  };
}

/** One a choice. */
function singles(count: number): Parts {
  return {
    count,
    massesIn: ({ choices }) => choices ?? new Float64Array(count),
    runs: (bound) => {
      if (!bound?.choices) return bound && !bound.active ? [] : [[0, count]];
      if (!bound.active) return [];
      return bound.choices.flatMap((isIn, i) => (isIn ? [[i, i + 1] as const] : []));
    },
  };
}

/** Variance over parts, times their mass in all. */
function varianceOf(sums: Float64Array, masses: Float64Array): number {
  const mass = masses.reduce((sum, of) => sum + of, 0);
  if (mass === 0) return 0;
  const mean = sums.reduce((sum, of) => sum + of, 0) / mass;
  return sums.reduce((total, sum, i) => (masses[i] > 0 ? total + masses[i] * (sum / masses[i] - mean) ** 2 : total), 0);
}

/** What is left of a table's variance after its rows' and its columns' means. */
function interactionOf(sums: Float64Array, masses: Float64Array, rows: number, columns: number): number {
  const [rowSums, rowMasses] = [new Float64Array(rows), new Float64Array(rows)];
  const [columnSums, columnMasses] = [new Float64Array(columns), new Float64Array(columns)];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      rowSums[i] += sums[at];
      rowMasses[i] += masses[at];
      columnSums[j] += sums[at];
      columnMasses[j] += masses[at];
    }
  }
  const whole = varianceOf(sums, masses);
  return Math.max(0, whole - varianceOf(rowSums, rowMasses) - varianceOf(columnSums, columnMasses));
}
