import type { SpaceDescription } from '../../src/engine/space/description.ts';
import type { Params } from '../../src/shared/space.ts';
import type { PeerProblem } from './optuna-peer.ts';

/** Several objectives, all to be minimised; feasible where every constraint is <= 0. */
export interface ParetoProblem extends PeerProblem {
  readonly name: string;
  /** What the hypervolume is measured up to: BoTorch's choice for these problems (Balandat et al. 2020). */
  readonly reference: readonly number[];
}

const unitBox = (dimensions: number): SpaceDescription =>
  Object.fromEntries(Array.from({ length: dimensions }, (_, i) => [`x${i}`, { float: [0, 1] as const }]));
const coordinates = (params: Params): number[] => Object.values(params).map(Number);
const sum = (x: readonly number[], f: (value: number) => number) => x.reduce((total, value) => total + f(value), 0);

/** Zitzler, Deb and Thiele 2000, test functions T1 to T3 with 30 variables; `shape` is their h. */
function zdt(number: number, shape: (f1: number, g: number) => number): ParetoProblem {
  return {
    name: `ZDT${number}`,
    space: unitBox(30),
    directions: ['minimize', 'minimize'],
    constraints: 0,
    reference: [11, 11],
    measure(params) {
      const [f1, ...rest] = coordinates(params);
      const g = 1 + (9 / rest.length) * sum(rest, (value) => value);
      return { values: [f1, g * shape(f1, g)], constraints: [] };
    },
  };
}

/** Radius of the feasible places of C2-DTLZ2 with three objectives. */
const placeRadius = 0.4;

/** Deb et al. 2005, DTLZ2 with three objectives and twelve variables: the front is the positive part of the unit sphere. */
function sphere(x: readonly number[]): number[] {
  const radius = 1 + sum(x.slice(2), (value) => (value - 0.5) ** 2);
  const [a, b] = [(x[0] * Math.PI) / 2, (x[1] * Math.PI) / 2];
  return [radius * Math.cos(a) * Math.cos(b), radius * Math.cos(a) * Math.sin(b), radius * Math.sin(a)];
}

/** Jain and Deb 2014, C2-DTLZ2: only places near the corners and near the middle of the sphere are feasible. */
function nearCornerOrMiddle(values: readonly number[]): number {
  const squares = sum(values, (value) => value ** 2);
  const corners = values.map((value) => (value - 1) ** 2 + squares - value ** 2 - placeRadius ** 2);
  const middle = sum(values, (value) => (value - 1 / Math.sqrt(values.length)) ** 2) - placeRadius ** 2;
  return Math.min(...corners, middle);
}

const dtlz2 = (name: string, constrain: (values: readonly number[]) => readonly number[]): ParetoProblem => ({
  name,
  space: unitBox(12),
  directions: ['minimize', 'minimize', 'minimize'],
  constraints: constrain([1, 1, 1]).length,
  reference: [1.1, 1.1, 1.1],
  measure(params) {
    const values = sphere(coordinates(params));
    return { values, constraints: constrain(values) };
  },
});

export const paretoProblems: readonly ParetoProblem[] = [
  zdt(1, (f1, g) => 1 - Math.sqrt(f1 / g)),
  zdt(2, (f1, g) => 1 - (f1 / g) ** 2),
  zdt(3, (f1, g) => 1 - Math.sqrt(f1 / g) - (f1 / g) * Math.sin(10 * Math.PI * f1)),
  dtlz2('DTLZ2', () => []),
  dtlz2('C2-DTLZ2', (values) => [nearCornerOrMiddle(values)]),
];
