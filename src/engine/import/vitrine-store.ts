import { UserError } from '../../shared/faults.ts';
import type { Direction } from '../../shared/metrics.ts';
import type { Space } from '../../shared/space.ts';
import { studyApplicationId, studyFileVersion } from '../store/study-file.ts';
import { parseTrial } from '../store/trial-text.ts';
import { outsideNotes } from './imported-space.ts';
import { isSqlite, readSqlite, sqliteApplicationId } from './read-sqlite.ts';
import type { ImportedStudy, StudyImporter } from './study-importer.ts';

/** The file in which `createStudy({ store })` of our own library keeps studies; another process may be writing it. */
export const vitrineStore: StudyImporter = {
  name: 'vitrine-store',
  title: 'Vitrine',
  recognises: (head) => isSqlite(head) && sqliteApplicationId(head.path) === studyApplicationId,
  read: async (path) =>
    readSqlite(path, (database) => {
      const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
      if (version > studyFileVersion) throw newer(path, version);
      const trials = database.prepare('SELECT trial FROM trial WHERE study = ? ORDER BY number');
      return database
        .prepare('SELECT id, name, directions, space FROM study ORDER BY id')
        .all()
        .map((row): ImportedStudy => {
          const directions: Direction[] = JSON.parse(String(row.directions));
          const space: Space = JSON.parse(String(row.space));
          const all = trials.all(row.id).map(({ trial }) => parseTrial(String(trial)));
          return {
            name: String(row.name),
            space,
            objectives: directions.map((direction, i) => ({
              metric: directions.length === 1 ? 'value' : `value ${i + 1}`,
              direction,
            })),
            trials: all,
            search: "Searched by Vitrine's library; each trial says why it was tried.",
            notes: outsideNotes(space, all),
          };
        });
    }),
};

const newer = (file: string, version: number) =>
  new UserError(
    'import-version',
    `a newer Vitrine wrote it (version ${version}, this one knows ${studyFileVersion}).`,
    {
      place: { file },
      advice: 'Update Vitrine; the file was not touched.',
    },
  );
