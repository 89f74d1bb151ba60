import { metricNames } from '../../shared/metrics.ts';
import { isPredictive } from '../metrics/measure.ts';
import type { ImportSource } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { ImportedStudy } from './study-importer.ts';

/** What we measure ourselves has our unit and our words: another program's 'cost' or 'latency' is something else. */
const theirName = (metric: string, program: string): string =>
  program !== 'Vitrine' && ourMeasures.has(metric) ? `${metric} (${program})` : metric;

const ourMeasures: ReadonlySet<string> = new Set(metricNames.filter((name) => !isPredictive(name)));

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
    objectives: objectives.map((objective) => ({ ...objective, metric: theirName(objective.metric, program) })),
    search,
    notes,
  });
  store.trials.putAll(study, trials, `${program} trial`);
  return study;
}
