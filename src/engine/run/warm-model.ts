import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Table } from '../data/table.ts';
import type { Promises } from '../ensembles/promises.ts';
import { readBundle } from '../models/bundle.ts';
import { type InspectedModel, inspectedModel } from './inspected-model.ts';
import type { DevelopmentData } from './job.ts';

/** Of something that was loaded from the disk, the last. */
interface Kept<T> {
  readonly key: string;
  readonly loaded: Promise<T>;
}

/** Rows of more bytes than this are loaded again for each answer: every worker of a pool may hold some. */
const mostKeptBytes = 300e6;

let keptModel: Kept<InspectedModel> | null = null;
let keptPromises: Kept<Promises> | null = null;

/**
 * Uses what `inspectedModel` loads. The last one stays in a warm worker, because a form asks again at every key; the next one, or too many
 * rows, dispose of it. Throws a UserError where the model is gone or damaged.
 */
export async function withWarmModel<T>(
  place: DevelopmentData,
  folder: string,
  use: (inspected: InspectedModel) => Promise<T>,
): Promise<T> {
  const key = JSON.stringify([place, folder, await writtenAt(folder)]);
  if (keptModel?.key !== key) {
    await forget();
    keptModel = { key, loaded: inspectedModel(place, folder) };
  }
  const inspected = await keptModel.loaded.catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  try {
    return await use(inspected);
  } finally {
    if (bytesOf(inspected.train.features) > mostKeptBytes) await forget();
  }
}

/** What a final model's bundle promises, and how it decides; the last one is kept, since reading a bundle takes its whole hash. */
export async function warmPromises(folder: string): Promise<Promises> {
  const key = JSON.stringify([folder, await writtenAt(folder)]);
  if (keptPromises?.key !== key)
    keptPromises = { key, loaded: readBundle(folder).then(({ promises }) => promises ?? {}) };
  return keptPromises.loaded;
}

async function forget(): Promise<void> {
  const old = keptModel;
  keptModel = null;
  // What could not be loaded needs no disposing; its fault is told to who asks for it.
  const gone = await old?.loaded.catch(() => null);
  gone?.model.dispose?.();
}

/** An ensemble is written anew in the same place when a search goes on. */
async function writtenAt(folder: string): Promise<number | null> {
  const found = await stat(join(folder, 'model.json')).catch(() => null);
  return found?.mtimeMs ?? null;
}

const bytesOf = ({ rowCount, columns }: Table): number =>
  columns.reduce((sum, { kind }) => sum + rowCount * (kind === 'numeric' ? 8 : 4), 0);
