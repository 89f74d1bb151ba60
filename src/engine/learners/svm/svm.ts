import type { DatasetInfo } from '../../../shared/dataset.ts';
import { UserError } from '../../../shared/faults.ts';
import type { Params } from '../../../shared/space.ts';
import { type Target, takeTarget } from '../../data/dataset.ts';
import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import {
  type EncodedMatrix,
  fitMatrixEncoder,
  type MatrixEncoder,
  type MatrixState,
  restoreMatrixEncoder,
} from '../../data/encoders/matrix-encoder.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { InputGradient } from '../../models/predictor.ts';
import { createRandom } from '../../random.ts';
import { defineLearner, type Inference } from '../define-learner.ts';
import { encodedColumns } from '../encoded-columns.ts';
import { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';
import { coupled } from './coupling.ts';
import { isometric } from './isometry.ts';
import { addDecisionSlope, decisionOf, type Expansion, type Kernel, kernelRow } from './kernel.ts';
import { trainSvm } from './library.ts';
import { fitPairs, type Pair } from './pairs.ts';
import { sampledRows } from './sampled-rows.ts';
import { probabilityOf } from './sigmoid.ts';

/** A machine without its support vectors' places and coefficients, which are kept in the arrays one behind the other. */
interface SavedMachine {
  readonly vectors: number;
  readonly rho: number;
  readonly first: number;
  readonly second: number;
  readonly slope: number;
  readonly offset: number;
}

interface SvmState {
  readonly encoder: MatrixState;
  readonly kernel: Kernel;
  /** How many rows are a support vector of any machine. */
  readonly vectors: number;
  readonly machines: readonly SavedMachine[];
  /** Of the target of a regression, which is learnt standardised. */
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Time grows with the square of the rows, and without a bound where no line parts the classes: of more, a random part is used, and
 * `facts.words` says so.
 */
const mostRows = { rbf: 5000, linear: 2000 } as const;
/** Each two classes have a machine of their own. */
const mostClasses = 20;

/** Kernels of more rows take minutes, and of more classes many machines. */
const [mostRowsByDefault, mostClassesByDefault] = [5000, 8];

/**
 * Support vector machine (Cortes and Vapnik 1995) with a linear kernel or exp(-g |x - z|^2), by LIBSVM. Probabilities are Platt's, of
 * decision values that are cross-fitted over three parts, and coupled where there are more than two classes.
 */
export const svm = defineLearner<SvmState>({
  name: 'svm',
  title: 'Support vector machine',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: false,
    preparation: 'distances',
    byDefault: ({ rowCount, classes = [] }) => rowCount <= mostRowsByDefault && classes.length <= mostClassesByDefault,
  },
  space,
  defaults: ({ task }) => ({ kernel: 'rbf', C: 1, gamma: 1, ...(task === 'regression' && { epsilon: 0.1 }) }),
  work,
  async fit({ train, seed, signal }, params) {
    const pace = new Pace(signal);
    const random = createRandom(seed);
    const { rowCount } = train.features;
    const name = params.kernel as Kernel['kind'];
    const rows = sampledRows(train.target, rowCount, mostRows[name], random.fork('rows'));
    const encoder = fitMatrixEncoder(train.features, { scaling: 'standard', squash: true });
    const x = encoder.encode(takeRows(train.features, rows));
    const target = takeTarget(train.target, rows);
    const kernel: Kernel =
      params.kernel === 'linear'
        ? { kind: 'linear' }
        : { kind: 'rbf', gamma: (params.gamma as number) / varianceOf(x) };
    const { mean, deviation } = target.kind === 'values' ? scaleOf(target.values) : { mean: 0, deviation: 1 };
    const cost = params.C as number;
    const seen = x.columns > x.rows ? await isometric(x, pace) : x;
    const pairs =
      target.kind === 'classes'
        ? await fitPairs(seen, target.codes, classesOf(target), { kernel, cost }, random.fork('parts'), pace)
        : [
            await fitValues(
              seen,
              target.values,
              { mean, deviation },
              { kernel, cost, epsilon: params.epsilon as number },
            ),
          ];
    const { vectors, machines, arrays } = saved(x, pairs);
    const of = rows.length < rowCount ? ` of ${rowCount}` : '';
    return {
      state: { encoder: encoder.state, kernel, vectors, machines, mean, deviation },
      arrays,
      facts: {
        parameters: arrays.vectors.length + arrays.coefficients.length + 3 * machines.length,
        words: `${vectors} support vectors among ${rows.length}${of} rows of ${x.columns} inputs`,
      },
    };
  },
  restore(state, arrays, { task, outputs }) {
    const encoder = restoreMatrixEncoder(state.encoder);
    const machines = restored(state, arrays);
    const values = arrays.vectors as Float32Array;
    const vectors = { rows: state.vectors, columns: encoder.outputs.length, values };
    const model = { encoder, kernel: state.kernel, vectors, machines };
    const encoded: Inference['encoded'] = (rows) => encodedColumns(state.encoder, rows);
    if (task === 'regression') return { ...valueInference(model, state), encoded };
    const predict = (rows: Table) => probabilities(model, encoder.encode(rows), outputs);
    if (outputs > 2) return { encoded, predict };
    return { encoded, predict, inputGradient: (rows, target) => binaryGradient(model, rows, target) };
  },
});

function space({ task }: DatasetInfo) {
  const tube = { name: 'epsilon', distribution: { type: 'float', low: 1e-2, high: 1, log: true } } as const;
  return {
    parameters: [
      { name: 'kernel', distribution: { type: 'categorical', choices: ['rbf', 'linear'] } },
      { name: 'C', distribution: { type: 'float', low: 1e-2, high: 30, log: true } },
      {
        name: 'gamma',
        distribution: { type: 'float', low: 1e-2, high: 10, log: true },
        when: [{ parameter: 'kernel', oneOf: ['rbf'] }],
      },
      ...(task === 'regression' ? [tube] : []),
    ],
  } as const;
}

/** Kernel values of all pairs of rows, more often where errors cost much; each two classes of k share 2 / k of the rows. */
function work({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const rows = Math.min(rowCount, mostRows[params.kernel as Kernel['kind']]);
  const machines = Math.max(1, (classes?.length ?? 2) - 1);
  return (rows * rows * (1 + columns.length) * (1 + Math.log10(1 + (params.C as number)))) / machines;
}

function classesOf(target: Target): number {
  if (target.kind !== 'classes') throw new RangeError('not a target of classes');
  const { length } = target.classes;
  if (length <= mostClasses) return length;
  throw new UserError(
    'svm-classes',
    `The support vector machine takes at most ${mostClasses} classes; here are ${length}.`,
    {
      advice: 'Leave "svm" out of "learners", or join rare classes.',
    },
  );
}

/** Summed over the inputs: what an ordinary squared distance is half of. 1 where nothing varies. */
function varianceOf({ rows, columns, values }: EncodedMatrix): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    let [mean, squares] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const moved = values[row * columns + j] - mean;
      mean += moved / (row + 1);
      squares += moved * (values[row * columns + j] - mean);
    }
    sum += squares / rows;
  }
  return sum > 0 ? sum : 1;
}

async function fitValues(
  x: EncodedMatrix,
  values: Float64Array,
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
  settings: Parameters<typeof trainSvm>[3],
): Promise<Pair> {
  const places = Int32Array.from(values, (_, row) => row);
  const standardized = values.map((value) => (value - mean) / deviation);
  const expansion = await trainSvm(x, places, standardized, settings);
  return { ...expansion, first: 0, second: 0, slope: 0, offset: 0 };
}

/** The rows that are a support vector of any machine, once each; the machines' places are among those. */
function saved(x: EncodedMatrix, pairs: readonly Pair[]) {
  const used = [...new Set(pairs.flatMap(({ places }) => [...places]))].sort((a, b) => a - b);
  const placeOf = new Map(used.map((row, place) => [row, place]));
  const vectors = new Float32Array(used.length * x.columns);
  used.forEach((row, place) => {
    vectors.set(x.values.subarray(row * x.columns, (row + 1) * x.columns), place * x.columns);
  });
  const places = Uint32Array.from(
    pairs.flatMap((pair) => [...pair.places]),
    (row) => placeOf.get(row) ?? 0,
  );
  const coefficients = Float64Array.from(pairs.flatMap((pair) => [...pair.coefficients]));
  const machines = pairs.map(({ rho, first, second, slope, offset, places: own }) => {
    return { vectors: own.length, rho, first, second, slope, offset };
  });
  return { vectors: used.length, machines, arrays: { vectors, places, coefficients } };
}

function restored({ machines }: SvmState, arrays: Readonly<Record<string, ArrayLike<number>>>): Pair[] {
  const places = Int32Array.from(arrays.places);
  const coefficients = arrays.coefficients as Float64Array;
  let from = 0;
  return machines.map(({ vectors, ...machine }) => {
    const to = from + vectors;
    const pair = { ...machine, places: places.subarray(from, to), coefficients: coefficients.subarray(from, to) };
    from = to;
    return pair;
  });
}

interface Fitted {
  readonly encoder: MatrixEncoder;
  readonly kernel: Kernel;
  readonly vectors: EncodedMatrix;
  readonly machines: readonly Pair[];
}

async function probabilities({ kernel, vectors, machines }: Fitted, x: EncodedMatrix, classes: number) {
  const values = new Float64Array(x.rows * classes);
  const pairwise = new Float64Array(classes * classes);
  const pace = new Pace(new AbortController().signal);
  for (let row = 0; row < x.rows; row++) {
    const products = kernelRow(kernel, vectors, x, row);
    for (const machine of machines) {
      const p = probabilityOf(machine, decisionOf(machine, products));
      pairwise[machine.first * classes + machine.second] = p;
    }
    if (classes === 2) values.set([pairwise[1], 1 - pairwise[1]], 2 * row);
    else values.set(coupled(pairwise, classes), row * classes);
    await pace.after(vectors.values.length);
  }
  return values;
}

function valueInference(model: Fitted, { mean, deviation }: SvmState): Inference {
  const { encoder, kernel, vectors, machines } = model;
  const [machine] = machines;
  const predicted = (products: Float64Array) => mean + deviation * decisionOf(machine, products);
  return {
    predict(rows) {
      const x = encoder.encode(rows);
      return Float64Array.from({ length: x.rows }, (_, row) => predicted(kernelRow(kernel, vectors, x, row)));
    },
    inputGradient: (rows, target) =>
      gradientOf(model, rows, (row, products) => {
        if (target.kind !== 'values') throw new RangeError('not a target of values');
        return 2 * deviation * (predicted(products) - target.values[row]);
      }),
  };
}

function binaryGradient(model: Fitted, rows: Table, target: Target): InputGradient {
  const [machine] = model.machines;
  return gradientOf(model, rows, (row, products) => {
    if (target.kind !== 'classes') throw new RangeError('not a target of classes');
    const first = probabilityOf(machine, decisionOf(machine, products));
    return machine.slope * (target.codes[row] === 0 ? 1 - first : -first);
  });
}

/** @param byDecision the slope of a row's loss by its decision value */
function gradientOf(
  { encoder, kernel, vectors, machines }: Fitted,
  rows: Table,
  byDecision: (row: number, products: Float64Array) => number,
): InputGradient {
  const x = encoder.encode(rows);
  const gradient = new Float64Array(x.values.length);
  const machine: Expansion = machines[0];
  for (let row = 0; row < x.rows; row++) {
    const [from, to] = [row * x.columns, (row + 1) * x.columns];
    const products = kernelRow(kernel, vectors, x, row);
    const own = x.values.subarray(from, to);
    addDecisionSlope(kernel, machine, vectors, products, own, byDecision(row, products), gradient.subarray(from, to));
  }
  return rawInputGradient(encoder, rows, x, gradient);
}
