import type { ModelEdit } from '../../shared/model-edit.ts';
import { termName } from '../../shared/model-edit.ts';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import { conditionWords } from '../../shared/results/read-condition.ts';
import type { Table } from '../data/table.ts';
import { allHolding, termValues } from '../explain/reading/reading-predictions.ts';
import { weightLabel } from '../explain/reading/told-weights.ts';
import type { EditedParts } from '../models/editable.ts';
import type { ReadInput, RulesReading, TreeReading, WeightsReading } from '../models/readable.ts';
import { type Absent, impossibleEdit, unknownName } from './edit-fault.ts';

/** What a reading's edits come to. */
interface EditedReading {
  readonly parts: EditedParts;
  /** What the last edit took, in words. */
  readonly detail: string;
}

const columnsOf = (inputs: readonly ReadInput[]): string[] => [
  ...new Set(inputs.map((input) => (input.kind === 'number' ? input.column : input.condition.column))),
];

/**
 * Weights that are 0 from now on; what they added to the mean row goes to the intercept, so that the mean score of the training rows
 * stays. rows: of training, as the reading sees them. Throws a UserError where there is no such weight.
 */
export function editWeights(
  reading: WeightsReading,
  edits: readonly ModelEdit[],
  rows: Table,
  absent: Absent = 'refused',
): EditedReading {
  const labels = reading.terms.map(({ inputs }) => weightLabel(inputs, rows));
  const intercept = [...reading.intercept];
  const weights = reading.terms.map((term) => [...term.weights]);
  let detail = '';
  for (const edit of edits) {
    const chosen = weightsMeant(reading, labels, edit, absent);
    for (const at of chosen) {
      const values = termValues(reading.terms[at].inputs, rows);
      const mean = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
      weights[at].forEach((weight, k) => {
        intercept[k] += weight * mean;
        weights[at][k] = 0;
      });
    }
    detail = countWords(chosen.length, 'weight');
  }
  return { parts: { kind: 'weights', intercept, weights }, detail };
}

function weightsMeant({ terms }: WeightsReading, labels: readonly string[], edit: ModelEdit, absent: Absent): number[] {
  if (edit.kind === 'zero') {
    const at = labels.indexOf(edit.weight);
    if (at < 0 && absent === 'as dropped') return [];
    if (at < 0) throw unknownName(`weight of "${edit.weight}"`, edit.weight, labels, 'The weights are of');
    return [at];
  }
  if (edit.kind !== 'drop')
    throw impossibleEdit('a linear model has weights, not graphs.', 'Drop a column, or make a weight 0 (zero).');
  const wanted = [...new Set(edit.columns)].sort().join('\n');
  const own = terms.map(({ inputs }) => columnsOf(inputs));
  const chosen = [...terms.keys()].filter((at) => own[at].toSorted().join('\n') === wanted);
  if (chosen.length > 0 || absent === 'as dropped') return chosen;
  const names = [...new Set(own.map(termName))];
  const name = termName(edit.columns);
  throw unknownName(`weight of "${name}"`, name, names, 'It has weights of');
}

/** Splits that become leaves, each predicting what the tree has kept for its rows. Throws a UserError where there is no such split. */
export function editTree({ nodes }: TreeReading, edits: readonly ModelEdit[]): EditedReading {
  const leaves = new Set<number>();
  let detail = '';
  for (const edit of edits) {
    if (edit.kind !== 'prune') throw impossibleEdit('a tree has nodes, not graphs or weights.', 'Prune a node.');
    const node = nodes[edit.node];
    if (!node?.split)
      throw impossibleEdit(
        node ? `node ${edit.node} is a leaf already.` : `the tree has no node ${edit.node}.`,
        `Its splits are ${nodes.flatMap(({ split }, at) => (split ? [at] : [])).join(', ')}.`,
      );
    leaves.add(edit.node);
    detail = `it asked for ${conditionWords(node.split.condition)} of ${countWords(node.rows, 'training row')}`;
  }
  return { parts: { kind: 'tree', leaves }, detail };
}

/**
 * Rules that are left out; what they added to the mean row goes to the scores that every row begins with. rows: of training, as the reading
 * sees them. Throws a UserError where there is no such rule.
 */
export function editRules(reading: RulesReading, edits: readonly ModelEdit[], rows: Table): EditedReading {
  const { rules } = reading;
  const start = [...reading.start];
  const dropped = new Set<number>();
  let detail = '';
  for (const edit of edits) {
    if (edit.kind !== 'drop-rule') throw impossibleEdit('a rule set has rules, not graphs or weights.', 'Drop a rule.');
    const rule = rules[edit.rule - 1];
    if (!rule)
      throw impossibleEdit(`there is no rule ${edit.rule}.`, `The rules are numbered from 1 to ${rules.length}.`);
    const holds = allHolding(rows, rule.conditions);
    const share = holds.reduce((sum, one) => sum + one, 0) / Math.max(1, rows.rowCount);
    if (!dropped.has(edit.rule - 1)) for (const [k, weight] of rule.weights.entries()) start[k] += weight * share;
    dropped.add(edit.rule - 1);
    detail = `${reading.texts[edit.rule]} It held for ${percentWords(share)} of the training rows`;
  }
  const kept = [...rules.keys()].filter((at) => !dropped.has(at));
  return { parts: { kind: 'rules', start, kept }, detail };
}
