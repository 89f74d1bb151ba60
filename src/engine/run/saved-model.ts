import { ensembleName, loadEnsemble } from '../ensembles/ensemble-model.ts';
import { readBundle } from '../models/bundle.ts';
import type { Model, ModelBundle } from '../models/model.ts';
import { learnerNamed } from './learners.ts';

/** The model that a bundle keeps, of whatever learner, an ensemble too. Throws a UserError where its learner is not known here. */
export async function loadModel(bundle: ModelBundle): Promise<Model> {
  if (bundle.learner === ensembleName) return loadEnsemble(bundle, loadModel);
  return (await learnerNamed(bundle.learner)).load(bundle);
}

/** Throws a UserError where there is no model, or a damaged one. */
export const readModel = async (folder: string): Promise<Model> => loadModel(await readBundle(folder));
