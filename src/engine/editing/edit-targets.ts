import { type AdditiveTerm, columnsOfTerm } from '../../shared/results/additive-terms.ts';
import type { EditableSplit, EditableTerm, EditTargets } from '../../shared/results/model-editing.ts';
import { conditionWords } from '../../shared/results/read-condition.ts';
import type { Table } from '../data/table.ts';
import { weightLabel } from '../explain/reading/told-weights.ts';
import { isAdditive } from '../models/additive.ts';
import { isReadable, type TreeReading } from '../models/readable.ts';
import type { EditableModel } from './edited-model.ts';

/** What of a model a person can edit, by the names that edits use. train: one or more of the raw rows that it was fitted on. */
export function editTargets(model: EditableModel, train: Table): EditTargets {
  if (isAdditive(model)) {
    const { terms, classes } = model.parts();
    const several = classes !== undefined && classes.length > 1;
    return { kind: 'graphs', terms: terms.map(editableTerm), ...(several && { classes }) };
  }
  if (!isReadable(model)) throw new RangeError('a model that can be edited must be readable');
  const reading = model.reading();
  switch (reading.kind) {
    case 'weights': {
      const rows = model.readColumns(train);
      const present = reading.terms.filter(({ weights }) => weights.some((weight) => weight !== 0));
      const size = ({ weights }: (typeof present)[number]) => Math.max(...weights.map(Math.abs));
      const largest = present.toSorted((a, b) => size(b) - size(a));
      return { kind: 'weights', weights: largest.map(({ inputs }) => weightLabel(inputs, rows)) };
    }
    case 'tree':
      return { kind: 'tree', splits: splitsOf(reading) };
    case 'rules':
      return { kind: 'rules', rules: reading.texts.slice(1) };
    default:
      throw new RangeError(`a reading of ${reading.kind} cannot be edited`);
  }
}

function editableTerm(term: AdditiveTerm): EditableTerm {
  const [axis, second] = term.axes;
  const own = { columns: columnsOfTerm(term), importance: Number(term.importance.toPrecision(5)) };
  if (second) return own;
  if (axis.kind === 'levels') return { ...own, levels: axis.groups.flatMap(({ levels }) => levels) };
  return { ...own, numbers: { low: axis.low, high: axis.high, date: axis.date } };
}

/** Children stand after their parents. */
function splitsOf({ nodes }: TreeReading): EditableSplit[] {
  const depth = nodes.map(() => 0);
  const leaves = nodes.map(() => 1);
  nodes.forEach(({ split }, node) => {
    if (split) for (const child of [split.left, split.right]) depth[child] = depth[node] + 1;
  });
  for (let node = nodes.length - 1; node >= 0; node--) {
    const { split } = nodes[node];
    if (split) leaves[node] = leaves[split.left] + leaves[split.right];
  }
  return nodes.flatMap(({ split, rows }, node) =>
    split ? [{ node, words: conditionWords(split.condition), depth: depth[node], rows, leaves: leaves[node] }] : [],
  );
}
