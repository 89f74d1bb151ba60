import { UserError } from '../../shared/faults.ts';
import { editWords, type ModelEdit } from '../../shared/model-edit.ts';
import { type AdditiveTerm, columnsOfTerm } from '../../shared/results/additive-terms.ts';
import type { EditEffect, EditStep, ModelEditing } from '../../shared/results/model-editing.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { type Table, takeRows } from '../data/table.ts';
import { sampleRows } from '../explain/sample-rows.ts';
import { scoreUnit } from '../explain/score-unit.ts';
import { isAdditive } from '../models/additive.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { editTargets } from './edit-targets.ts';
import { carriesOver, type EditableModel, type Edited, editedModel } from './edited-model.ts';
import { effectOfEdits, type JudgedModel, judgedMetric, judgedModel, judgingOn } from './effect-of-edits.ts';

/** A model of one fold, and the rows that it was fitted on. */
export interface FoldModel {
  readonly model: EditableModel;
  readonly train: Table;
}

export interface EditingRows {
  /** Rows that no model judging them was fitted on: those that the folds leave out, or the first fold alone. */
  readonly judged: Dataset;
  /** [rows] which of the models judges it. */
  readonly foldOf: Uint32Array;
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

/** Some of the folds' models, measured together with edits that were made to all of them alike. */
interface Bench {
  readonly rows: number;
  readonly available: number;
  readonly part: string;
  effect(before: State, after: State): EditEffect;
  /** before: with one edit less. Throws an UnlikeFold where a further fold's model cannot be edited as the first one was. */
  stateOf(edits: readonly ModelEdit[], before: State | null): Promise<State>;
}

/** A further fold's model has no part of that name: the edits are then measured on the first fold alone. */
class UnlikeFold extends Error {}

/**
 * @param models the first fold's, which is looked at and edited, and the further ones, to which the same is done to measure it on more rows
 * @param words 'trial 12 (ebm)'
 */
export function openEditing(models: readonly FoldModel[], words: string, rows: EditingRows): EditingSession {
  const [{ model, train }] = models;
  const { judged, foldOf, seed } = rows;
  const original: Edited = { model, detail: '', ...(isAdditive(model) && { terms: model.parts().terms }) };
  // Names of weights follow from the columns' types: a row shows them.
  const targets = editTargets(model, takeRows(train, [0]));
  let [alone, together]: (Bench | undefined)[] = [];
  const previewOn = async (
    bench: Bench,
    edits: readonly ModelEdit[],
    signal: AbortSignal,
    progress: (share: number) => void,
  ): Promise<Previewed> => {
    const started = performance.now();
    const first = await bench.stateOf([], null);
    let last = first;
    const steps: EditStep[] = [];
    for (const [i, edit] of edits.entries()) {
      signal.throwIfAborted();
      last = await bench.stateOf(edits.slice(0, i + 1), last);
      const { edited, effect } = last;
      if (effect) steps.push({ edit, words: editWords(edit, isDated(original, edit)), detail: edited.detail, effect });
      progress((i + 1) / (edits.length + 1));
    }
    const classes = isAdditive(model) ? model.parts().classes : model.classes;
    const editing: ModelEditing = {
      kind: 'model-editing',
      version: 1,
      question: 'how does the model decide',
      options: { edits },
      seed,
      dataHash: judged.info.hash,
      cost: { seconds: (performance.now() - started) / 1000, predictions: (edits.length + 1) * bench.rows },
      quality: {
        measure: 'rows that the model was not fitted on',
        value: bench.rows,
        words: `Measured on ${rowWords(bench.rows, bench.available)} of the ${bench.part}, which also chose the edits: the more of them were tried, the more these figures flatter. The test part is looked at once, when the edited model is kept.`,
      },
      model: words,
      unit: scoreUnit(judged.info, classes),
      targets,
      steps,
      effect: edits.length > 1 ? bench.effect(first, last) : (steps[0]?.effect ?? null),
      graphs: changedGraphs(original, last.edited),
    };
    progress(1);
    return { edited: last.edited, editing };
  };
  return {
    async preview(edits, signal, progress) {
      if (models.length > 1 && carriesOver(edits)) {
        together ??= openBench(models, original, rows, foldOf.length);
        try {
          return await previewOn(together, edits, signal, progress);
        } catch (error) {
          if (!(error instanceof UnlikeFold)) throw error;
        }
      }
      alone ??= openBench(models.slice(0, 1), original, rows, foldOf.filter((fold) => fold === 0).length);
      return previewOn(alone, edits, signal, progress);
    },
  };
}

function openBench(models: readonly FoldModel[], original: Edited, given: EditingRows, available: number): Bench {
  const { judged, foldOf, sensitive, objective, seed } = given;
  const random = createRandom(seed);
  const own = Array.from(foldOf.keys()).filter((row) => foldOf[row] < models.length);
  const places = Array.from(sampleRows(own.length, mostJudged, random.fork('rows')), (at) => own[at]);
  const data = takeDataset(judged, places);
  const part = models.length > 1 ? `validation parts of ${models.length} folds` : 'validation part';
  const metric = judgedMetric(objective, data.target);
  const judging = judgingOn(data, part, metric, sensitive, random.fork('resamples'));
  const ofFold = models.map((_, fold) => [...places.keys()].filter((at) => foldOf[places[at]] === fold));
  const states = new Map<string, State>();
  const editedFold = (fold: number, edits: readonly ModelEdit[]): Edited => {
    const { model, train } = models[fold];
    if (fold === 0) return edits.length === 0 ? original : editedModel(model, edits, train);
    try {
      return editedModel(model, edits, train, 'as dropped');
    } catch (error) {
      throw error instanceof UserError ? new UnlikeFold(error.message) : error;
    }
  };
  return {
    rows: places.length,
    available,
    part,
    effect: (before, after) => effectOfEdits(before.judged, after.judged, judging),
    async stateOf(edits, before) {
      const key = JSON.stringify(edits);
      const known = states.get(key);
      if (known) return known;
      const edited = models.map((_, fold) => editedFold(fold, edits));
      const parts = await Promise.all(
        edited.map(({ model }, fold) => model.predict(takeRows(data.features, ofFold[fold]))),
      );
      const judgedNow = judgedModel(scattered(parts, ofFold, places.length), judging);
      const effect = before && effectOfEdits(before.judged, judgedNow, judging);
      const state = { edited: edited[0], judged: judgedNow, effect };
      if (states.size >= mostStates) states.clear();
      states.set(key, state);
      return state;
    },
  };
}

/** Predictions of all rows from those of each fold's. places: [folds] of its rows. */
function scattered(parts: readonly Prediction[], places: readonly (readonly number[])[], rows: number): Prediction {
  const width = parts[0].kind === 'probabilities' ? parts[0].classCount : 1;
  const values = new Float64Array(rows * width);
  parts.forEach((part, fold) => {
    places[fold].forEach((at, i) => {
      for (let k = 0; k < width; k++) values[at * width + k] = part.values[i * width + k];
    });
  });
  return { ...parts[0], values };
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
