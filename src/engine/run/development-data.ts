import type { Dataset, Fold } from '../data/dataset.ts';
import { readSnapshot } from '../data/snapshot.ts';
import { splitValidation } from '../data/splits/split.ts';
import { createRandom } from '../random.ts';
import type { DevelopmentData } from './job.ts';

interface Loaded {
  readonly data: Dataset;
  readonly folds: readonly Fold[];
}

let cached: { readonly key: string; readonly loaded: Promise<Loaded> } | null = null;

/** The rows of a job with their folds; the last ones stay in memory for the next job of a warm worker. */
export function developmentData(place: DevelopmentData): Promise<Loaded> {
  const key = JSON.stringify(place);
  if (cached?.key !== key) cached = { key, loaded: load(place) };
  return cached.loaded;
}

async function load(place: DevelopmentData): Promise<Loaded> {
  const data = await readSnapshot(place.snapshot);
  return { data, folds: foldsOf(data, place).folds };
}

/** The same folds in every process: they follow from the rows and the seed. Throws a UserError where there are too few rows. */
export const foldsOf = (data: Dataset, { validation, splitSeed }: Omit<DevelopmentData, 'snapshot'>) =>
  splitValidation(data, validation, createRandom(splitSeed).fork('folds'));
