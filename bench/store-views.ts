import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { studySnapshot } from '../src/engine/operations/study-snapshot.ts';
import { createRandom } from '../src/engine/random.ts';
import { Store } from '../src/engine/store/store.ts';
import type { Experiment } from '../src/shared/experiment/experiment.ts';
import type { Params } from '../src/shared/space.ts';

/** Time to make the dashboard's snapshot of 10,000 trials of 12 parameters, read for the first time and again: node bench/store-views.ts */
const trials = 10_000;
const random = createRandom(1);
const params = (): Params =>
  Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`boosting.p${i}`, random.uniform()]));

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
const store = new Store(folder);
const study = store.studies.create({
  file: 'many.vitrine.yaml',
  fingerprint: 'many',
  experiment: { name: 'many' } as Experiment,
  data: { path: '', rowCount: 0, columns: [], target: '', task: 'binary', hash: '', notes: [] },
  space: { parameters: [] },
  objectives: [
    { metric: 'log_loss', direction: 'minimize' },
    { metric: 'energy', direction: 'minimize' },
  ],
  search: '',
  notes: [],
});
for (let number = 0; number < trials; number++) {
  const rejected = Array.from({ length: 5 }, () => ({ params: params(), acquisition: random.uniform() }));
  const why = { sampler: 'tpe', words: 'Close to good trials.', phase: 'exploit', rejected } as const;
  const values = [random.uniform(), random.uniform()];
  const times = { startedAt: number * 1000, endedAt: number * 1000 + 500 };
  const trial = { number, state: 'complete', params: params(), why, values, intermediate: [], attributes: {} } as const;
  store.trials.put(study, { ...trial, ...times }, 'boosting');
}
const reader = new Store(folder);
const record = reader.studies.latest('many.vitrine.yaml');
if (!record) throw new Error('the study is not in the store');
for (const time of ['first', 'second', 'third']) {
  const start = performance.now();
  studySnapshot('many.vitrine.yaml', { store: reader, study: record });
  console.log(`${trials} trials, ${time} snapshot: ${((performance.now() - start) / 1000).toFixed(2)} s`);
}
reader.close();
store.close();
rmSync(folder, { recursive: true });
