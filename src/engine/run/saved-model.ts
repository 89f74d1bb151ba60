import { UserError } from '../../shared/faults.ts';
import { isEnsemble, loadEnsemble } from '../ensembles/ensemble-model.ts';
import { readBundle } from '../models/bundle.ts';
import { damaged } from '../models/bundle-header.ts';
import type { Model, ModelBundle } from '../models/model.ts';
import { learnerNamed } from './learners.ts';

/**
 * The model that a bundle keeps, of whatever learner, an ensemble too. Throws a UserError where its learner is not known here, or cannot
 * make anything of what the bundle says.
 * @param file where the bundle was read, for messages
 */
export async function loadModel(bundle: ModelBundle, file: string): Promise<Model> {
  if (isEnsemble(bundle)) return whole(file, () => loadEnsemble(bundle, (own) => loadModel(own, file)));
  const learner = await learnerNamed(bundle.learner);
  return whole(file, () => learner.load(bundle));
}

/**
 * A model that has not seen the validation rows of the first fold: an ensemble's members of that fold alone, any other model as it is.
 * Throws as `readModel`.
 */
export async function readFirstFold(folder: string): Promise<Model> {
  const bundle = await readBundle(folder);
  if (!isEnsemble(bundle)) return loadModel(bundle, folder);
  return whole(folder, () => loadEnsemble(bundle, (own) => loadModel(own, folder), 0));
}

/** Learners trust what they have saved: where one fails at it, it is not what was saved. */
async function whole(file: string, load: () => Promise<Model>): Promise<Model> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    throw damaged(`its learner cannot read it (${error.message})`, file, error);
  }
}

/** Throws a UserError where there is no model, or a damaged one. */
export const readModel = async (folder: string): Promise<Model> => loadModel(await readBundle(folder), folder);
