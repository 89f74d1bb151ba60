import type { ModelEdit } from '../../shared/model-edit.ts';
import type { AdditiveTerm } from '../../shared/results/additive-terms.ts';
import type { Table } from '../data/table.ts';
import { type Additive, isAdditive } from '../models/additive.ts';
import { type Editable, isEditable } from '../models/editable.ts';
import type { Model } from '../models/model.ts';
import { isReadable, type Readable } from '../models/readable.ts';
import { type Absent, impossibleEdit } from './edit-fault.ts';
import { editGraphs } from './edit-graphs.ts';
import { editRules, editTree, editWeights } from './edit-readings.ts';

export type EditableModel = Model & Editable & Partial<Additive & Readable>;

export interface Edited {
  readonly model: Model;
  /** What the last edit took, in words. */
  readonly detail: string;
  /** Of a model of graphs. */
  readonly terms?: readonly AdditiveTerm[];
}

/** The model as one that can be edited. Throws a UserError where nobody can follow it. */
export function asEditable(model: Model, words: string): EditableModel {
  if (isEditable(model)) return model;
  throw impossibleEdit(
    `${words} cannot be edited: it is not made of graphs, weights, a tree or rules.`,
    'Models of ebm, logistic, ridge, elastic_net, tree and rules can be.',
  );
}

/**
 * A copy of a model with these edits, in their order. Nodes and rules are numbered as the model that is given has them.
 * train: the raw rows that it was fitted on, whose mean score edits keep. Throws a UserError where an edit means nothing for the model.
 */
export function editedModel(
  model: EditableModel,
  edits: readonly ModelEdit[],
  train: Table,
  absent: Absent = 'refused',
): Edited {
  if (isAdditive(model)) {
    const { classes, intercept, terms } = model.parts();
    let now = { intercept, terms, detail: '' };
    for (const edit of edits) now = { ...now, ...editGraphs({ ...now, classes }, edit, absent) };
    const { detail, ...graphs } = now;
    return { model: model.edited({ kind: 'graphs', ...graphs }), detail, terms: graphs.terms };
  }
  if (!isReadable(model)) throw new RangeError('a model that can be edited must be readable');
  const reading = model.reading();
  const made = () => {
    switch (reading.kind) {
      case 'weights':
        return editWeights(reading, edits, model.readColumns(train), absent);
      case 'tree':
        return editTree(reading, edits);
      case 'rules':
        return editRules(reading, edits, model.readColumns(train));
      default:
        throw new RangeError(`a reading of ${reading.kind} cannot be edited`);
    }
  };
  const { parts, detail } = made();
  return { model: model.edited(parts), detail };
}

/** Whether the same edits mean the same of another fit: they speak of columns, not of nodes or rules that a fit of its own has. */
export const carriesOver = (edits: readonly ModelEdit[]): boolean =>
  edits.every(({ kind }) => kind !== 'prune' && kind !== 'drop-rule');
