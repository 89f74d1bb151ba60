import { type AdditiveTerm, cellCount, columnsOfTerm } from '../../../shared/results/additive-terms.ts';
import type { Table } from '../../data/table.ts';
import type { Additive } from '../../models/additive.ts';
import type { Predictor } from '../../models/predictor.ts';
import { cellsAlong } from '../additive-terms.ts';

/** What every graph of a model that is a sum of graphs adds to some rows. */
export interface AdditiveRows {
  readonly unit: string;
  readonly base: number;
  /** The columns of the graph, and what it adds to each row. */
  readonly terms: readonly { readonly columns: readonly string[]; readonly added: readonly number[] }[];
}

/** @param output place of the explained class; 0 for values */
export function additiveRows(model: Predictor & Additive, rows: Table, output: number, target: string): AdditiveRows {
  const { intercept, classes, terms } = model.parts();
  // Of two classes the second one alone has a score: the first one's is its opposite.
  const sign = classes?.length === 1 && output === 0 ? -1 : 1;
  const score = classes && classes.length > 1 ? output : 0;
  const name = model.classes?.[output];
  const unit = classes ? `${classes.length === 1 ? 'log odds' : 'score'} of ${name}` : target;
  const columns = model.termColumns(rows);
  return {
    unit,
    base: sign * intercept[score] + 0,
    terms: terms.map((term) => ({
      columns: columnsOfTerm(term),
      added: addedBy(term, columns, score).map((value) => sign * value + 0),
    })),
  };
}

/** [rows] */
function addedBy({ axes, effect }: AdditiveTerm, rows: Table, score: number): number[] {
  const cells = axes.map((axis) => cellsAlong(axis, rows));
  const inner = axes.length > 1 ? cellCount(axes[1]) : 1;
  return Array.from({ length: rows.rowCount }, (_, row) => {
    if (cells.some((along) => along[row] < 0)) return 0;
    return effect[score][cells.length > 1 ? cells[0][row] * inner + cells[1][row] : cells[0][row]];
  });
}
