import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SpaceDescription } from '../../src/engine/space/description.ts';
import type { Params, Value } from '../../src/shared/space.ts';
import type { PeerProblem } from './optuna-peer.ts';

/** Something to be optimised whose best value is known. */
export interface Problem {
  readonly name: string;
  readonly space: SpaceDescription;
  readonly direction: 'minimize' | 'maximize';
  readonly optimum: number;
  value(params: Params): number;
}

interface TableFile {
  readonly direction: 'minimize' | 'maximize';
  readonly optimum: number;
  readonly parameters: readonly { name: string; type: 'ordinal' | 'categorical'; choices: readonly Value[] }[];
  readonly values: readonly number[];
}

/** The tables of a folder, by name; its README says the format. An ordinal parameter is searched as the integer index of its choice. */
export function tableProblems(folder: URL): Problem[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));
  return files.sort().map((file) => tableProblem(file.replace('.json.gz', ''), new URL(file, folder)));
}

function tableProblem(name: string, file: URL): Problem {
  const table: TableFile = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  const space = Object.fromEntries(
    table.parameters.map(({ name, type, choices }) => [
      name,
      type === 'ordinal' ? { int: [0, choices.length - 1] as const } : { choice: choices },
    ]),
  );
  const index = (params: Params) =>
    table.parameters.reduce((place, { name, type, choices }) => {
      const own = type === 'ordinal' ? Number(params[name]) : choices.indexOf(params[name]);
      return place * choices.length + own;
    }, 0);
  return {
    name,
    space,
    direction: table.direction,
    optimum: table.optimum,
    value: (params) => table.values[index(params)],
  };
}

const box = (dimensions: number, low: number, high: number): SpaceDescription =>
  Object.fromEntries(Array.from({ length: dimensions }, (_, i) => [`x${i}`, { float: [low, high] as const }]));

const analytic = (
  name: string,
  space: SpaceDescription,
  optimum: number,
  f: (x: readonly number[]) => number,
): Problem => ({
  name,
  space,
  direction: 'minimize',
  optimum,
  value: (params) => f(Object.keys(space).map((key) => Number(params[key]))),
});

const sum = (x: readonly number[], f: (value: number, i: number) => number) =>
  x.reduce((s, value, i) => s + f(value, i), 0);

function branin([x, y]: readonly number[]): number {
  const bend = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
  return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

const hartmannHeights = [1, 1.2, 3, 3.2];
const hartmannWidths = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const hartmannCentres = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const hartmann6 = (x: readonly number[]) =>
  -sum(
    hartmannHeights,
    (height, k) =>
      height * Math.exp(-sum(x, (value, i) => hartmannWidths[k][i] * (value - hartmannCentres[k][i]) ** 2)),
  );

function ackley(x: readonly number[]): number {
  const root = Math.sqrt(sum(x, (value) => (value - 1.1) ** 2) / x.length);
  const waves = sum(x, (value) => Math.cos(2 * Math.PI * (value - 1.1))) / x.length;
  return -20 * Math.exp(-0.2 * root) - Math.exp(waves) + 20 + Math.E;
}

const rosenbrock = (x: readonly number[]) =>
  sum(x.slice(1), (value, i) => 100 * (value - x[i] ** 2) ** 2 + (1 - x[i]) ** 2);
const rastrigin = (x: readonly number[]) =>
  sum(x, (value) => (value - 1.1) ** 2 - 10 * Math.cos(2 * Math.PI * (value - 1.1)) + 10);

/** Test functions of the optimisation literature (Surjanovic and Bingham's library has their formulas); optima shifted to 1.1 where centred. */
export const analyticProblems: readonly Problem[] = [
  analytic('branin', { x0: { float: [-5, 10] }, x1: { float: [0, 15] } }, 0.397887, branin),
  analytic('hartmann6', box(6, 0, 1), -3.32237, hartmann6),
  analytic('sphere5', box(5, -5, 5), 0, (x) => sum(x, (value) => (value - 1.1) ** 2)),
  analytic('rosenbrock5', box(5, -5, 10), 0, rosenbrock),
  analytic('ackley5', box(5, -5, 5), 0, ackley),
  analytic('rastrigin5', box(5, -5, 5), 0, rastrigin),
];

/** The tables, where ../shared/data/search is present, and the test functions: what the bars of search are measured on. */
export const singleObjectiveProblems = (): readonly Problem[] => [
  ...tableProblems(new URL('../../../shared/data/search/', import.meta.url)),
  ...analyticProblems,
];

/** A problem as a peer is told of it. */
export const peerProblem = ({ space, direction, value }: Problem): PeerProblem => ({
  space,
  directions: [direction],
  constraints: 0,
  measure: (params) => ({ values: [value(params)], constraints: [] }),
});
