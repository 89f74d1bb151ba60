import { hpbandster } from './hpbandster.ts';
import { optunaJournal } from './optuna/optuna-journal.ts';
import { optunaSqlite } from './optuna/optuna-sqlite.ts';
import { rayTune } from './ray/ray-tune.ts';
import { smac } from './smac/smac.ts';
import type { StudyImporter } from './study-importer.ts';
import { table } from './table/table.ts';
import { vitrineJson } from './vitrine-json.ts';
import { vitrineStore } from './vitrine-store.ts';

/** Every format, the ones that are told by their content first. */
export const importers: readonly StudyImporter[] = [
  vitrineStore,
  optunaSqlite,
  optunaJournal,
  vitrineJson,
  smac,
  hpbandster,
  rayTune,
  table,
];
