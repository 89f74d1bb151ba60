import type { FormColumn } from '../../../shared/results/what-if.ts';
import { type Column, cell, type Table } from '../../data/table.ts';
import { factsOf, frequentFirst } from './column-facts.ts';

/** As many as a person would choose among. */
const shownLevels = 50;

/** The columns as a form asks for them, in the order of the table. base: one row. */
export const formOf = (base: Table, train: Table): FormColumn[] =>
  base.columns.map((column, c) => formColumn(column, train.columns[c], train.rowCount));

function formColumn(own: Column, train: Column, rows: number): FormColumn {
  const { name, type } = own;
  const facts = factsOf(train);
  const column = { name, type, value: cell(own, 0), missing: rows > 0 ? facts.missing / rows : 0 };
  if (type === 'image') return { ...column, fixed: 'a picture, which cannot be edited here' };
  if (own.kind === 'numeric') {
    if (facts.kind !== 'numeric' || facts.low > facts.high) return column;
    const [low, high] = [facts.low, facts.high].map((end) => cell({ ...own, values: Float64Array.of(end) }, 0));
    return { ...column, range: { low, high } };
  }
  if (type === 'text' || type === 'id' || facts.kind !== 'coded') return column;
  const levels = frequentFirst(facts.counts);
  return {
    ...column,
    levels: levels.slice(0, shownLevels).map(({ level, count }) => ({ level, share: count / rows })),
    further: Math.max(0, levels.length - shownLevels),
  };
}
