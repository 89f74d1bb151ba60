import { editWords, type ModelEdit } from '../../shared/model-edit.ts';
import { type AdditiveTerm, columnsOfTerm } from '../../shared/results/additive-terms.ts';
import type { EditEffect, EditStep, ModelEditing } from '../../shared/results/model-editing.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { sampleRows } from '../explain/sample-rows.ts';
import { scoreUnit } from '../explain/score-unit.ts';
import { isAdditive } from '../models/additive.ts';
import { createRandom } from '../random.ts';
import { editTargets } from './edit-targets.ts';
import { type EditableModel, type Edited, editedModel } from './edited-model.ts';
import { effectOfEdits, type JudgedModel, judgedMetric, judgedModel, judgingOn } from './effect-of-edits.ts';

export interface EditingRows {
  /** Rows that the model was fitted on. */
  readonly train: Dataset;
  /** Rows that it was not fitted on. */
  readonly evaluation: Dataset;
  readonly sensitive: readonly string[];
  /** The study's first objective. */
  readonly objective: string | undefined;
  readonly seed: number;
}

/** Rows that effects are measured on; of more a seeded sample. */
const mostJudged = 5_000;

export interface Previewed {
  readonly edited: Edited;
  readonly editing: ModelEditing;
}

/** A model that is being edited; what earlier previews measured is known to later ones. */
export interface EditingSession {
  /**
   * The model with these edits beside itself: what each changes after the ones before it, and all of them together, on rows that it was not
   * fitted on. The test part is not looked at: edits that were chosen by it would spend it. Throws a UserError where an edit means nothing.
   */
  preview(edits: readonly ModelEdit[], signal: AbortSignal, progress: (share: number) => void): Promise<Previewed>;
}

interface State {
  readonly edited: Edited;
  readonly judged: JudgedModel;
  /** Beside the model with one edit less; null of the original. */
  readonly effect: EditEffect | null;
}

/** Models that a session remembers; each edit that is tried is one more. */
const mostStates = 60;

/** @param words 'trial 12 (ebm)' */
export function openEditing(model: EditableModel, words: string, rows: EditingRows): EditingSession {
  const { train, evaluation, sensitive, objective, seed } = rows;
  const available = evaluation.features.rowCount;
  const random = createRandom(seed);
  const data = takeDataset(evaluation, sampleRows(available, mostJudged, random.fork('rows')));
  const judging = judgingOn(data, judgedMetric(objective, data.target), sensitive, random.fork('resamples'));
  const original: Edited = { model, detail: '', ...(isAdditive(model) && { terms: model.parts().terms }) };
  const states = new Map<string, State>();
  /** before: with one edit less. */
  const stateOf = async (edits: readonly ModelEdit[], before: State | null): Promise<State> => {
    const key = JSON.stringify(edits);
    const known = states.get(key);
    if (known) return known;
    const edited = before ? editedModel(model, edits, train.features) : original;
    const judged = judgedModel(await edited.model.predict(data.features), judging);
    const state = { edited, judged, effect: before && effectOfEdits(before.judged, judged, judging) };
    if (states.size >= mostStates) states.clear();
    states.set(key, state);
    return state;
  };
  return {
    async preview(edits, signal, progress) {
      const started = performance.now();
      const first = await stateOf([], null);
      let last = first;
      const steps: EditStep[] = [];
      for (const [i, edit] of edits.entries()) {
        signal.throwIfAborted();
        last = await stateOf(edits.slice(0, i + 1), last);
        const { edited, effect } = last;
        if (effect)
          steps.push({ edit, words: editWords(edit, isDated(original, edit)), detail: edited.detail, effect });
        progress((i + 1) / (edits.length + 1));
      }
      const classes = isAdditive(model) ? model.parts().classes : model.classes;
      const rowCount = data.features.rowCount;
      const editing: ModelEditing = {
        kind: 'model-editing',
        version: 1,
        question: 'how does the model decide',
        options: { edits },
        seed,
        dataHash: evaluation.info.hash,
        cost: { seconds: (performance.now() - started) / 1000, predictions: (edits.length + 1) * rowCount },
        quality: {
          measure: 'rows that the model was not fitted on',
          value: rowCount,
          words: `Measured on ${rowWords(rowCount, available)} of the validation part, which also chose the edits: the more of them were tried, the more these figures flatter. The test part is looked at once, when the edited model is kept.`,
        },
        model: words,
        unit: scoreUnit(evaluation.info, classes),
        targets: editTargets(model, train.features),
        steps,
        effect: edits.length > 1 ? effectOfEdits(first.judged, last.judged, judging) : (steps[0]?.effect ?? null),
        graphs: changedGraphs(original, last.edited),
      };
      progress(1);
      return { edited: last.edited, editing };
    },
  };
}

const rowWords = (rows: number, available: number): string =>
  rows < available ? `${countWords(rows, 'row')}, a sample of the ${available}` : countWords(rows, 'row');

function isDated({ terms = [] }: Edited, edit: ModelEdit): boolean {
  if (!('column' in edit)) return false;
  const axis = terms.find((term) => term.axes.length === 1 && term.axes[0].column === edit.column)?.axes[0];
  return axis?.kind === 'numbers' && axis.date;
}

const isAlike = (one: AdditiveTerm, other: AdditiveTerm): boolean =>
  one.effect.every((cells, k) => cells.every((value, cell) => value === other.effect[k][cell]));

function changedGraphs({ terms: before = [] }: Edited, { terms: after = [] }: Edited): ModelEditing['graphs'] {
  const keyOf = (columns: readonly string[]) => JSON.stringify(columns);
  const byColumns = new Map(after.map((term) => [keyOf(columnsOfTerm(term)), term]));
  return before.flatMap((term) => {
    const now = byColumns.get(keyOf(columnsOfTerm(term)));
    return now && isAlike(term, now) ? [] : [{ before: term, after: now ?? null }];
  });
}
