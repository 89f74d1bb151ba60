import { listWords } from '../../shared/results/numbers.ts';
import type { ModelFacts } from '../../shared/trial.ts';
import type { Table } from '../data/table.ts';
import type { Combined } from '../models/combined.ts';
import type { Model, ModelBundle, NumericArray } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { type Combination, combine } from './combination.ts';

/** As a bundle names its learner. */
export const ensembleName = 'ensemble';

/** One configuration of an ensemble: its models, one a fold, count the same. */
export interface Member {
  readonly trial: number;
  /** How much it counts; those of an ensemble sum to 1. */
  readonly share: number;
  readonly models: readonly Model[];
}

type Kept = Pick<ModelBundle, 'learner' | 'params' | 'seed' | 'state'>;
interface EnsembleState {
  readonly members: readonly { readonly trial: number; readonly share: number; readonly models: readonly Kept[] }[];
  readonly combination: Combination;
}

/**
 * The members' predictions, each the mean of its folds' models (as in bagging, Breiman 1996), combined.
 * Members are of the same task, classes and columns. Throws a RangeError without members.
 */
export function ensembleOf(members: readonly Member[], combination: Combination): Model & Combined {
  const models = members.flatMap((member) => member.models);
  if (models.length === 0) throw new RangeError('an ensemble has members');
  const [first] = models;
  const facts: Omit<ModelFacts, 'bytes'> = {
    parameters: models.reduce((sum, { facts }) => sum + facts.parameters, 0),
    members: members.length,
    words: ensembleWords(members),
  };
  return {
    task: first.task,
    classes: first.classes,
    facts: { ...facts, bytes: models.reduce((sum, { facts }) => sum + facts.bytes, 0) },
    async predict(rows) {
      const predictions: Prediction[] = [];
      for (const member of members) predictions.push(await meanPrediction(member.models, rows));
      return combine(combination, predictions);
    },
    members: members.map(({ trial, share, models: own }) => ({
      trial,
      share,
      learner: own[0].save().learner,
      predict: (rows) => meanPrediction(own, rows),
    })),
    save: () => saved(members, combination),
    dispose() {
      for (const model of models) model.dispose?.();
    },
  };
}

/** One model after the other: each may need all the memory there is. */
async function meanPrediction(models: readonly Model[], rows: Table): Promise<Prediction> {
  const first = await models[0].predict(rows);
  const values = first.values.map((value) => value / models.length);
  for (const model of models.slice(1)) {
    const prediction = await model.predict(rows);
    for (let i = 0; i < values.length; i++) values[i] += prediction.values[i] / models.length;
  }
  return { ...first, values };
}

function saved(members: readonly Member[], combination: Combination): ModelBundle {
  const arrays: Record<string, NumericArray> = {};
  const kept = members.map(({ trial, share, models }, m) => ({
    trial,
    share,
    models: models.map((model, fold) => {
      const { learner, params, seed, state, arrays: own } = model.save();
      for (const [name, array] of Object.entries(own)) arrays[`${m}.${fold}.${name}`] = array;
      return { learner, params, seed, state };
    }),
  }));
  const { task, classes, target, columns, dataHash, seed } = members[0].models[0].save();
  const identity = { format: 'vitrine-model', version: 1, task, classes, target, columns, dataHash, seed } as const;
  const state: EnsembleState = { members: kept, combination };
  return { ...identity, learner: ensembleName, params: {}, state, arrays };
}

export const isEnsemble = ({ learner }: ModelBundle): boolean => learner === ensembleName;

/** The bundles of an ensemble's members, one a fold, and how they are combined. */
export function membersOf(bundle: ModelBundle): {
  readonly members: readonly (readonly ModelBundle[])[];
  readonly combination: Combination;
} {
  const { members, combination } = bundle.state as EnsembleState;
  const own = (kept: Kept, m: number, fold: number): ModelBundle => ({
    ...bundle,
    ...kept,
    promises: undefined,
    arrays: named(bundle.arrays, `${m}.${fold}.`),
  });
  return { members: members.map(({ models }, m) => models.map((kept, fold) => own(kept, m, fold))), combination };
}

/**
 * @param load makes a member's own model from its bundle
 * @param fold only the members' models of this fold, which have not seen its validation rows; absent: those of all folds
 */
export async function loadEnsemble(
  bundle: ModelBundle,
  load: (own: ModelBundle) => Promise<Model>,
  fold?: number,
): Promise<Model> {
  const { members } = bundle.state as EnsembleState;
  const { members: bundles, combination } = membersOf(bundle);
  const loaded = members.map(async ({ trial, share }, m) => ({
    trial,
    share,
    models: await Promise.all((fold === undefined ? bundles[m] : [bundles[m][fold]]).map(load)),
  }));
  return ensembleOf(await Promise.all(loaded), combination);
}

const named = (arrays: ModelBundle['arrays'], prefix: string): ModelBundle['arrays'] =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), array]] : [],
    ),
  );

/** '3 models of 5 folds each: boosting 0.52, mlp 0.3 and logistic 0.18' */
function ensembleWords(members: readonly Member[]): string {
  const folds = members[0].models.length;
  const each = folds > 1 ? ` of ${folds} folds each` : '';
  const parts = members
    .toSorted((a, b) => b.share - a.share)
    .map(({ share, models }) => `${models[0].save().learner} ${Number(share.toFixed(2))}`);
  return `${members.length} model${members.length === 1 ? '' : 's'}${each}: ${listWords(parts)}`;
}
