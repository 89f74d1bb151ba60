import type { JudgedMethod } from '../../../shared/results/explanation-quality.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Table } from '../../data/table.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import { isTreeEnsemble } from '../../models/tree-ensemble.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainedOutput } from '../explained-output.ts';
import type { ExplainData } from '../explainer.ts';
import { kernelShap } from '../kernel-shap.ts';
import { localSurrogate } from '../local-surrogate.ts';
import { CoalitionValues } from '../shapley/coalition-values.ts';
import { HybridRows } from '../shapley/hybrid-rows.ts';
import { treeShap } from '../tree-shap.ts';

/** A way to say what each column of a row adds. */
export interface Attributor {
  readonly method: JudgedMethod;
  /** [columns] row: of one row, as the background has its columns. */
  attribute(row: Table, seed: number): Promise<Float64Array>;
}

/** What a row is explained with. */
export interface Attributed {
  readonly counted: CountedPredictor;
  /** As it is, with whatever it is capable of; its predictions are counted by `spent`. */
  readonly predictor: Predictor;
  readonly output: ExplainedOutput;
  /** Rows that columns which are not known get their values from, in the figures as in the explanations that ask so. */
  readonly background: Dataset;
  /** Whose rows the techniques learn from. */
  readonly train: Dataset;
  readonly data: ExplainData;
  readonly signal: AbortSignal;
  readonly spent: (predictions: number) => void;
}

/** Each explanation is made some hundred times: the sampled ones of fewer samples than where they are shown. */
const surrogateSamples = 250;
const coalitions = 64;

/** Every technique that says of one row what each column adds and suits the model, the cheapest first. */
export function attributors(given: Attributed): Attributor[] {
  const { counted, predictor, output, background, train, data, signal, spent } = given;
  const about = (row: Table, learnt = train): ExplainData => ({
    ...data,
    train: learnt,
    evaluation: { ...data.evaluation, features: row },
  });
  const named = output.name === undefined ? {} : { class: output.name };
  const none = () => {};
  const surrogate: Attributor = {
    method: 'local-surrogate',
    async attribute(row, seed) {
      const options = { seed, row: 0, samples: surrogateSamples, repeats: 1, features: row.columns.length, ...named };
      const { terms } = await localSurrogate.explain(counted, about(row), options, none, signal);
      return inOrder(
        row,
        terms.map(({ column, weight }) => [column, weight]),
      );
    },
  };
  const shapley: Attributor = {
    method: 'kernel-shap',
    async attribute(row, seed) {
      const samples = coalitions + 2 * row.columns.length;
      const options = { seed, row: 0, samples, background: background.features.rowCount, ...named };
      const { terms } = await kernelShap.explain(counted, about(row, background), options, none, signal);
      return inOrder(
        row,
        terms.map(({ columns: [column], contribution }) => [column, contribution]),
      );
    },
  };
  const ofTrees: Attributor = {
    method: 'tree-shap',
    async attribute(row, seed) {
      const { terms, cost } = await treeShap.explain(
        predictor,
        about(row),
        { seed, row: 0, rowCap: 1, ...named },
        none,
        signal,
      );
      spent(cost.predictions);
      return inOrder(
        row,
        terms.map(({ columns: [column], contribution }) => [column, contribution]),
      );
    },
  };
  return [occlusion(given), surrogate, shapley, ...(isTreeEnsemble(predictor) ? [ofTrees] : [])];
}

/** What the prediction loses on average where a column alone takes the background's values. */
const occlusion = ({ counted, output, background: { features: background } }: Attributed): Attributor => ({
  method: 'occlusion',
  async attribute(row) {
    const columns = background.columns.length;
    const members = new Uint8Array(columns * (columns + 1)).fill(1);
    for (let column = 0; column < columns; column++) members[(column + 1) * columns + column] = 0;
    const [all, ...without] = await keptValues(counted, row, background, members, output);
    return Float64Array.from(without, (value) => all - value);
  },
});

/** [coalitions] mean explained prediction over the background rows where only a coalition's columns are the row's own. */
export async function keptValues(
  counted: CountedPredictor,
  row: Table,
  background: Table,
  members: Uint8Array,
  { index }: ExplainedOutput,
  enough: () => boolean = () => false,
): Promise<Float64Array> {
  const columns = background.columns.length;
  const players = background.columns.map((_, column) => [column]);
  const asking = new CoalitionValues(counted, new HybridRows(row, background, players), columns, columns);
  const outputs = counted.classes?.length ?? 1;
  const { values } = await asking.ask(members, outputs, enough, () => {});
  return Float64Array.from({ length: values.length / outputs }, (_, i) => values[i * outputs + index]);
}

function inOrder({ columns }: Table, terms: readonly (readonly [string, number])[]): Float64Array {
  const byName = new Map(terms);
  return Float64Array.from(columns, ({ name }) => byName.get(name) ?? 0);
}

/** The model as a function of some columns, the others as the row has them. row: of all columns */
export const narrowed = (counted: CountedPredictor, row: Table): CountedPredictor => ({
  ...counted,
  predict(rows: Table): Promise<Prediction> {
    const given = new Map(rows.columns.map((column) => [column.name, column]));
    const columns = row.columns.map((column) => {
      const own = given.get(column.name);
      if (own) return own;
      return column.kind === 'numeric'
        ? { ...column, values: new Float64Array(rows.rowCount).fill(column.values[0]) }
        : { ...column, codes: new Int32Array(rows.rowCount).fill(column.codes[0]) };
    });
    return counted.predict({ rowCount: rows.rowCount, columns });
  },
});
