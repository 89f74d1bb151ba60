import { createRandom } from '../../src/engine/random.ts';
import type { Resource } from '../../src/engine/search/study-view.ts';
import type { SpaceDescription } from '../../src/engine/space/description.ts';
import type { Params } from '../../src/shared/space.ts';

/** Something to be minimised that can be measured cheaply and badly, or dearly and well. */
export interface MultiFidelityProblem {
  readonly name: string;
  readonly space: SpaceDescription;
  readonly resource: Resource;
  /** What the published values are divided by. */
  readonly unit: number;
  /** The same for the same configuration, amount and seed. */
  value(params: Params, fidelity: number, seed: number): number;
  /** DEHB 0.1.2's mean incumbent of 5 seeds after 60, 120 and 300 trials (its repository, benchmarking/results). */
  readonly published: readonly [number, number, number];
}

const heights = [1, 1.2, 3, 3.2];
const hartmann3 = {
  widths: [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  centres: [
    [0.3689, 0.117, 0.2673],
    [0.4699, 0.4387, 0.747],
    [0.1091, 0.8732, 0.5547],
    [0.0381, 0.5743, 0.8828],
  ],
};
const hartmann6 = {
  widths: [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  centres: [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
};

/**
 * Hartmann's function with a bias and a noise that fade as the logarithm of the fidelity rises (Kandasamy et al. 2017, appendix D, with
 * bias 0.5 and noise 0.1 as in mf-prior-bench's mfh3 and mfh6, which DEHB publishes its figures on).
 */
function hartmann(shape: typeof hartmann3, x: readonly number[], fidelity: number, normal: number): number {
  const lack = 1 - Math.log(Math.floor(fidelity)) / Math.log(100);
  const bowls = heights.map((height, k) => {
    const distance = x.reduce((sum, value, i) => sum + shape.widths[k][i] * (value - shape.centres[k][i]) ** 2, 0);
    return (height - 0.5 * lack) * Math.exp(-distance);
  });
  return 0.1 * lack * Math.abs(normal) - bowls.reduce((sum, bowl) => sum + bowl, 0);
}

const hartmannProblem = (
  name: string,
  shape: typeof hartmann3,
  published: MultiFidelityProblem['published'],
): MultiFidelityProblem => ({
  name,
  space: Object.fromEntries(shape.widths[0].map((_, i) => [`x${i}`, { float: [0, 1] as const }])),
  resource: { name: 'z', min: 3, max: 100, whole: false },
  unit: 1,
  published,
  value: (params, fidelity, seed) => {
    const x = Object.values(params).map(Number);
    const random = createRandom(seed).fork(JSON.stringify([Math.floor(fidelity), x]));
    return hartmann(shape, x, fidelity, random.normal());
  },
});

const half = 50;

/**
 * Counting ones (Falkner et al. 2018, section 5.1) with 50 choices of 0 or 1 and 50 chances, each of which is known by the mean of as
 * many coin tosses as the fidelity says; the best value is -100, given here as a share.
 */
const countingOnes: MultiFidelityProblem = {
  name: 'counting ones',
  space: Object.fromEntries([
    ...Array.from({ length: half }, (_, i) => [`cat_${i}`, { choice: [0, 1] }]),
    ...Array.from({ length: half }, (_, i) => [`float_${i}`, { float: [0, 1] }]),
  ]),
  resource: { name: 'samples', min: 576 / (2 * half), max: 93312 / (2 * half), whole: false },
  unit: 2 * half,
  published: [-0.576, -0.585, -0.617],
  value: (params, fidelity, seed) => {
    const tosses = Math.floor(fidelity);
    const random = createRandom(seed).fork(JSON.stringify([tosses, Object.values(params)]));
    let ones = 0;
    for (const [name, value] of Object.entries(params)) {
      if (name.startsWith('cat')) ones += Number(value);
      else for (let toss = 0; toss < tosses; toss++) if (random.uniform() < Number(value)) ones += 1 / tosses;
    }
    return -ones;
  },
};

export const multiFidelityProblems: readonly MultiFidelityProblem[] = [
  hartmannProblem('hartmann3', hartmann3, [-2.861, -3.506, -3.741]),
  hartmannProblem('hartmann6', hartmann6, [-1.494, -1.869, -2.314]),
  countingOnes,
];
