import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStudy } from '../../../src/engine/create-study.ts';
import { readStudies } from '../../../src/engine/import/read-studies.ts';
import { studyDocument } from '../../../src/engine/import/vitrine-json.ts';

export const fixtures = join(import.meta.dirname, 'fixtures');
export const signal = new AbortController().signal;

/** A folder of its own with a copy of the fixtures, gone when this process ends: nothing may be written beside the originals. */
export function folderWithFixtures(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-import-'));
  process.setMaxListeners(0);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(fixtures, folder, { recursive: true });
  return folder;
}

/** One format's file: which importer must recognise it, and the part that damage is done to. */
export interface FixtureFile {
  readonly format: string;
  /** Within the folder. */
  readonly path: string;
  /** Cut short, it is no study any more; default: `path`. */
  readonly cut?: string;
  /** Studies in it. */
  readonly studies: number;
}

export const fixtureFiles: readonly FixtureFile[] = [
  { format: 'optuna', path: 'optuna-2.3.db', studies: 1 },
  { format: 'optuna', path: 'optuna-2.10.db', studies: 3 },
  { format: 'optuna', path: 'optuna-5.db', studies: 3 },
  { format: 'optuna-journal', path: 'optuna-5.journal', studies: 3 },
  { format: 'smac', path: 'smac/conditional/runhistory.json', studies: 1 },
  { format: 'smac', path: 'smac/fidelity/runhistory.json', studies: 1 },
  { format: 'smac', path: 'smac/fidelity/runhistory.json', cut: 'smac/fidelity/configspace.json', studies: 1 },
  { format: 'hpbandster', path: 'hpbandster/results.json', studies: 1 },
  { format: 'hpbandster', path: 'hpbandster/configs.json', studies: 1 },
  { format: 'ray', path: 'ray', cut: 'ray/train_00000/result.json', studies: 1 },
  { format: 'ray', path: 'ray/experiment_state-2026-11-21_16-14-49.json', studies: 1 },
  { format: 'vitrine', path: 'exported.json', studies: 1 },
  { format: 'vitrine-store', path: 'library.db', studies: 1 },
  { format: 'csv', path: 'table.csv', studies: 1 },
];

/** As `folderWithFixtures`, with the files that our own code writes. */
export async function folderWithAllFixtures(): Promise<string> {
  const folder = folderWithFixtures();
  const { studies } = await readStudies(join(folder, 'optuna-5.db'), {}, signal);
  writeFileSync(join(folder, 'exported.json'), JSON.stringify(studyDocument(studies[0])));
  writeFileSync(
    join(folder, 'table.csv'),
    'number,params_kind,params_c,params_depth,value,state\n0,svm,0.5,,0.25,COMPLETE\n1,tree,,3,0.5,COMPLETE\n2,tree,,4,,FAIL\n3,svm,1.5,,0.125,COMPLETE\n',
  );
  const store = join(folder, 'library.db');
  if (!existsSync(store)) {
    const study = createStudy({
      space: { kind: { choice: ['a', 'b'] }, x: { float: [0, 1], when: { kind: 'a' } } },
      sampler: 'random',
      store,
    });
    await study.optimize(({ params }) => Number(params.x ?? 0.5), { trials: 8 });
    study.close();
  }
  return folder;
}
