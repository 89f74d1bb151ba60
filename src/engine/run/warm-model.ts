import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type InspectedModel, inspectedModel } from './inspected-model.ts';
import type { DevelopmentData } from './job.ts';

let kept: { readonly key: string; readonly inspected: Promise<InspectedModel> } | null = null;

/**
 * As `inspectedModel`; the last one stays loaded in a warm worker, because a form asks again at every key. Nobody but the next one
 * disposes of it. Throws a UserError where the model is gone or damaged.
 */
export async function warmModel(place: DevelopmentData, modelFolder: string): Promise<InspectedModel> {
  const key = JSON.stringify([place, modelFolder, await writtenAt(modelFolder)]);
  if (kept?.key === key) return kept.inspected;
  const old = kept;
  kept = null;
  // What could not be loaded needs no disposing; its fault was told to who asked for it.
  const gone = await old?.inspected.catch(() => null);
  gone?.model.dispose?.();
  const inspected = inspectedModel(place, modelFolder);
  kept = { key, inspected };
  try {
    return await inspected;
  } catch (error) {
    kept = null;
    throw error;
  }
}

/** An ensemble is written anew in the same place when a search goes on. */
async function writtenAt(folder: string): Promise<number | null> {
  const found = await stat(join(folder, 'model.json')).catch(() => null);
  return found?.mtimeMs ?? null;
}
