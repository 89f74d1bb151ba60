import type { ImportSource } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { ImportedStudy } from './study-importer.ts';

/**
 * Writes an imported study into a store, as the newest of its file. Answers its number there.
 * @param file name within the store's folder, by which it is found again
 */
export function keepStudy(
  store: Store,
  file: string,
  { name, space, objectives, trials, search, notes }: ImportedStudy,
  { program, path }: Pick<ImportSource, 'program' | 'path'>,
): number {
  const experiment: ImportSource = {
    kind: 'import',
    name,
    program,
    path,
    readAt: Date.now(),
    search: { sampler: program, pruner: 'not told', seed: 1 },
    constraints: [],
  };
  const study = store.studies.create({
    file,
    fingerprint: `import ${program}`,
    experiment,
    data: null,
    space,
    objectives,
    search,
    notes,
  });
  store.trials.putAll(study, trials, `${program} trial`);
  return study;
}
