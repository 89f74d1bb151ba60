import type { DatasetInfo } from '../../../shared/dataset.ts';
import { countWords } from '../../../shared/results/numbers.ts';
import type { Params, Space } from '../../../shared/space.ts';
import { type BinnedColumn, restoreBinEncoder } from '../../data/encoders/bin-encoder.ts';
import type { Column, Table } from '../../data/table.ts';
import { createRandom } from '../../random.ts';
import { defineLearner, type Inference, type Learnt, type Outcome } from '../define-learner.ts';
import { learnBins } from '../learn-bins.ts';
import type { FitContext } from '../learner.ts';
import { Pace } from '../pace.ts';
import { probabilitiesOf } from '../score-probabilities.ts';
import { factsOf, joined } from './bundled-graphs.ts';
import { ebmOnnx } from './ebm-onnx.ts';
import { editedEbm } from './edited.ts';
import type { Graphs } from './graphs.ts';
import { cellsOf, type Groups, type Shape, sizeOf } from './term.ts';
import { type ColumnRange, termsOf } from './term-parts.ts';
import { type TrainOptions, trainEbm } from './train.ts';

export interface EbmState {
  readonly columns: readonly BinnedColumn[];
  readonly ranges: readonly ColumnRange[];
  /** Groups with plain lists for JSON. */
  readonly shapes: readonly SavedShape[];
  readonly importance: readonly number[];
  readonly bags: number;
}

type SavedShape =
  | Exclude<Shape, { kind: 'pair' }>
  | { readonly kind: 'pair'; readonly groups: readonly (Omit<Groups, 'groupOf'> & { readonly groupOf: number[] })[] };

/**
 * Explainable Boosting Machine (Nori et al. 2019): a sum of one curve a column and a heat map for each of some pairs, so that the
 * graphs are the model. How long it boosts each bag finds by the rows that it leaves out; there is no length to be told.
 */
export const ebm = defineLearner<EbmState>({
  name: 'ebm',
  title: 'Explainable boosting machine',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: true,
    weighsRows: true,
    byDefault: true,
  },
  space,
  optional: () => [
    { name: 'bags', distribution: { type: 'int', low: 1, high: 32 } },
    { name: 'max_rounds', distribution: { type: 'int', low: 1, high: 50_000, log: true } },
  ],
  defaults,
  work({ rowCount, columns, classes }, params) {
    const own = Math.max(1, columns.filter(({ role }) => role === 'feature').length);
    const outputs = outputsOf(classes);
    const bags = Number(params.bags ?? bagsFor(rowCount, outputs, own));
    const tables = own + 0.5 * Number(params.interactions);
    return (rowCount * tables * outputs * bags) / Number(params.learning_rate);
  },
  fit,
  restore,
  onnx: ebmOnnx,
});

const outputsOf = (classes: readonly string[] | undefined): number =>
  classes && classes.length > 2 ? classes.length : 1;

function space(info: DatasetInfo): Space {
  return {
    parameters: [
      { name: 'learning_rate', distribution: { type: 'float', low: 0.01, high: 0.2, log: true } },
      { name: 'interactions', distribution: { type: 'int', low: 0, high: Math.max(1, mostPairs(info)) } },
      { name: 'cuts', distribution: { type: 'int', low: 1, high: 8, log: true } },
      { name: 'min_leaf_rows', distribution: { type: 'int', low: 1, high: 50, log: true } },
      { name: 'smoothing_rounds', distribution: { type: 'int', low: 0, high: 200 } },
    ],
  };
}

/** A person will not look at more pairs than five a column, nor at more than sixty. */
function mostPairs({ columns }: DatasetInfo): number {
  const own = columns.filter(({ role }) => role === 'feature').length;
  return Math.min((own * (own - 1)) / 2, 5 * own, 60);
}

/** Best of a few on the shared tables; a pair needs some hundred rows to show itself, and many rows take their time. */
function defaults(info: DatasetInfo): Params {
  const { rowCount, columns, classes } = info;
  const own = columns.filter(({ role }) => role === 'feature').length;
  const affordable = Math.min(30, rowCount / 100, 1_000_000 / Math.max(1, rowCount * outputsOf(classes)));
  return {
    learning_rate: 0.05,
    interactions: Math.floor(Math.min(mostPairs(info), 2 * own, affordable)),
    cuts: 4,
    min_leaf_rows: 4,
    smoothing_rounds: 20,
  };
}

/**
 * As many bags as a fit of some seconds has time for: with up to fifty columns 8 for 7,500 rows, 4 for 15,000; never less than 2, which a
 * band needs.
 */
const bagsFor = (rows: number, outputs: number, columns: number): number =>
  Math.max(2, Math.min(8, Math.round(60_000 / Math.max(1, rows * outputs * Math.max(1, columns / 50)))));

async function fit(context: FitContext, params: Params): Promise<Learnt<EbmState>> {
  const { train, weights, seed, signal } = context;
  const { rowCount } = train.features;
  const pace = new Pace(signal);
  // Few rows of a level or a value are no reason to hide it where there are many of others: the bags' spread tells how little is known.
  const binOptions = {
    maxBins: Math.max(32, Math.min(254, Math.round(rowCount / 4))),
    minBinRows: 1,
    minLevelRows: Math.min(10, 1 + rowCount / 200),
  };
  const { encoder, data } = await learnBins(train.features, binOptions, pace, context.progress);
  const options = trainOptions(train, params);
  const { graphs, shapes, rounds } = await trainEbm(
    { data, target: train.target, weights },
    encoder.columns,
    options,
    createRandom(seed),
    pace,
  );
  return {
    state: {
      columns: encoder.columns,
      ranges: rangesOf(train.features, encoder.columns),
      shapes: shapes.map(savedShape),
      importance: graphs.importance,
      bags: options.bags,
    },
    arrays: arraysOf(graphs),
    facts: factsOf(
      graphs,
      shapes,
      `mean of ${countWords(options.bags, 'bag')} of ${countWords(rounds, 'round')} on average`,
    ),
  };
}

function trainOptions({ info, features }: FitContext['train'], params: Params): TrainOptions {
  const { rowCount: rows, columns } = features;
  return {
    bags: (params.bags as number | undefined) ?? bagsFor(rows, outputsOf(info.classes), columns.length),
    interactions: params.interactions as number,
    learningRate: params.learning_rate as number,
    cuts: params.cuts as number,
    minLeafRows: params.min_leaf_rows as number,
    smoothingRounds: params.smoothing_rounds as number,
    maxRounds: (params.max_rounds as number | undefined) ?? 3000,
    greedyRounds: 10,
    patience: 50,
    // Cells of a pair with about four rows or more.
    pairGroups: Math.max(4, Math.min(32, Math.round(Math.sqrt(rows) / 2))),
    pairColumns: 60,
  };
}

function rangesOf(features: Table, binned: readonly BinnedColumn[]): ColumnRange[] {
  const byName = new Map(features.columns.map((column) => [column.name, column]));
  return binned.map(({ name }) => rangeOf(byName.get(name)));
}

function rangeOf(column: Column | undefined): ColumnRange {
  if (column?.kind !== 'numeric') return { date: false, low: 0, high: 0 };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { date: column.type === 'date', low: Number.isFinite(low) ? low : 0, high: Number.isFinite(high) ? high : 0 };
}

const savedShape = (shape: Shape): SavedShape =>
  shape.kind === 'pair'
    ? { ...shape, groups: shape.groups.map((groups) => ({ ...groups, groupOf: [...groups.groupOf] })) }
    : shape;

function loadedShape(shape: SavedShape): Shape {
  if (shape.kind !== 'pair') return shape;
  const [first, second] = shape.groups.map((groups) => ({ ...groups, groupOf: Uint8Array.from(groups.groupOf) }));
  return { ...shape, groups: [first, second] };
}

const arraysOf = ({ intercept, tables, errors, weights }: Graphs): Learnt<EbmState>['arrays'] => ({
  intercept,
  tables: joined(tables),
  errors: joined(errors),
  shares: joined(weights.map((own) => own.map((weight) => weight / own.reduce((a, b) => a + b, 0)))),
});

function restore(state: EbmState, arrays: Learnt<EbmState>['arrays'], { task, outputs: classes }: Outcome): Inference {
  const encoder = restoreBinEncoder(state.columns);
  const shapes = state.shapes.map(loadedShape);
  const [intercept, tables, errors, shares] = (['intercept', 'tables', 'errors', 'shares'] as const).map(
    (name) => arrays[name] as Float64Array,
  );
  const outputs = intercept.length;
  return {
    predict(rows) {
      const data = encoder.encode(rows);
      const scores = new Float64Array(data.rows * outputs);
      for (let k = 0; k < outputs; k++) scores.fill(intercept[k], k * data.rows, (k + 1) * data.rows);
      let from = 0;
      for (const shape of shapes) {
        const cells = cellsOf(shape, data);
        for (let k = 0, at = 0; k < outputs; k++, from += sizeOf(shape)) {
          for (let row = 0; row < cells.length; row++, at++) scores[at] += tables[from + cells[row]];
        }
      }
      return task === 'regression' ? scores : probabilitiesOf(scores, classes);
    },
    parts: () => ({
      intercept: [...intercept],
      bags: state.bags,
      terms: termsOf({ ...state, shapes, tables, errors, shares, outputs }),
    }),
    editable: 'graphs',
    edited: (parts) => editedEbm(state, shapes, arrays, parts),
  };
}
