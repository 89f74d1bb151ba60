import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../../shared/faults.ts';
import type { TrialState } from '../../../shared/trial.ts';
import { parsePythonJson } from '../python-json.ts';
import { isSqlite, readSqlite } from '../read-sqlite.ts';
import { damaged, type StudyImporter } from '../study-importer.ts';
import { importedOptunaStudy, type OptunaStudy, type OptunaTrial } from './optuna-study.ts';

/**
 * Optuna's relational storage in a SQLite file, opened for reading only (optuna/storages/_rdb/models.py): the tables of versions 2.4 to 5,
 * and those of 2.0 to 2.3, which knew one objective and kept intermediate values in `trial_values`.
 */
export const optunaSqlite: StudyImporter = {
  name: 'optuna',
  title: 'Optuna',
  recognises: isSqlite,
  read: async (path) =>
    readSqlite(path, (database) => {
      checkTables(database, path);
      return readStudies(database, path).map((study) => importedOptunaStudy(study, path));
    }),
};

/** Tables that every version from 2.0 on has. */
const needed = ['studies', 'trials', 'trial_params', 'trial_values', 'trial_user_attributes', 'version_info'];

function checkTables(database: DatabaseSync, file: string): void {
  const missing = needed.find((table) => !has(database, table));
  const version = missing === undefined ? database.prepare('SELECT * FROM version_info').get() : undefined;
  if (version?.schema_version === knownSchema) return;
  const found = version ? `its schema is version ${version.schema_version}` : `it has no table "${missing}"`;
  throw new UserError('import-version', `this is no study storage of Optuna 2 to 5: ${found}.`, {
    place: { file },
    advice: `Upgrade it with 'optuna storage upgrade', or export the study there as CSV (study.trials_dataframe().to_csv) and import that.`,
  });
}

/** `SCHEMA_VERSION` of Optuna, the same from 2.0 to 5.0; the tables themselves tell 2.3 from 2.4. */
const knownSchema = 12;

type Row = Record<string, string | number | null>;

const has = (database: DatabaseSync, table: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table) !== undefined;

const rowsOf = (database: DatabaseSync, sql: string): Row[] => database.prepare(sql).all() as Row[];

function readStudies(database: DatabaseSync, file: string): OptunaStudy[] {
  const trials = readTrials(database, file);
  const directions = Map.groupBy(readDirections(database), ({ study }) => study);
  const attributes = (table: string) => readAttributes(database, table, 'study_id', file);
  const [user, system] = [attributes('study_user_attributes'), attributes('study_system_attributes')];
  return rowsOf(database, 'SELECT study_id, study_name FROM studies ORDER BY study_id').map((row) => ({
    name: String(row.study_name),
    directions: (directions.get(row.study_id) ?? [{ direction: 'minimize' as const }]).map(
      ({ direction }) => direction,
    ),
    userAttributes: user.get(row.study_id) ?? {},
    systemAttributes: system.get(row.study_id) ?? {},
    trials: trials.get(row.study_id) ?? [],
  }));
}

function readDirections(database: DatabaseSync) {
  const rows = has(database, 'study_directions')
    ? rowsOf(database, 'SELECT study_id, direction FROM study_directions ORDER BY study_id, objective')
    : rowsOf(database, 'SELECT study_id, direction FROM studies');
  return rows.map(({ study_id, direction }) => ({
    study: study_id,
    direction: direction === 'MAXIMIZE' ? ('maximize' as const) : ('minimize' as const),
  }));
}

const states: Readonly<Record<string, TrialState>> = {
  RUNNING: 'running',
  COMPLETE: 'complete',
  PRUNED: 'pruned',
  FAIL: 'failed',
  WAITING: 'waiting',
};

/** Trials by their study, in order of their numbers. */
function readTrials(database: DatabaseSync, file: string): Map<Row[string], OptunaTrial[]> {
  const attributes = (table: string) => readAttributes(database, table, 'trial_id', file);
  const [user, system] = [attributes('trial_user_attributes'), attributes('trial_system_attributes')];
  const params = readParams(database);
  const { values, intermediate } = readNumbers(database);
  const trials = new Map<Row[string], OptunaTrial[]>();
  for (const row of rowsOf(database, 'SELECT * FROM trials ORDER BY study_id, number, trial_id')) {
    const id = row.trial_id;
    const state = states[String(row.state)];
    if (!state) throw damaged(file, `trial ${row.number} has a state that Optuna does not know: ${row.state}.`);
    const trial: OptunaTrial = {
      state,
      params: params.get(id) ?? new Map(),
      values: values.get(id) ?? [],
      intermediate: intermediate.get(id) ?? new Map(),
      userAttributes: user.get(id) ?? {},
      systemAttributes: system.get(id) ?? {},
      ...time('startedAt', row.datetime_start),
      ...time('endedAt', row.datetime_complete),
    };
    const of = trials.get(row.study_id);
    if (of) of.push(trial);
    else trials.set(row.study_id, [trial]);
  }
  return trials;
}

function readParams(database: DatabaseSync): Map<Row[string], OptunaTrial['params']> {
  const all = new Map<Row[string], OptunaTrial['params']>();
  const sql = 'SELECT trial_id, param_name, param_value, distribution_json FROM trial_params ORDER BY param_id';
  for (const row of rowsOf(database, sql)) {
    const params: OptunaTrial['params'] = all.get(row.trial_id) ?? new Map();
    params.set(String(row.param_name), {
      internal: Number(row.param_value),
      distribution: String(row.distribution_json),
    });
    all.set(row.trial_id, params);
  }
  return all;
}

/** Values, one an objective, and intermediate values; NaN and the infinities have a type of their own from version 3 on. */
function readNumbers(database: DatabaseSync) {
  const values = new Map<Row[string], number[]>();
  const intermediate = new Map<Row[string], Map<number, number>>();
  const several = has(database, 'trial_intermediate_values');
  const put = (trial: Row[string], value: number) => values.set(trial, [...(values.get(trial) ?? []), value]);
  if (several) {
    for (const row of rowsOf(database, 'SELECT * FROM trial_values ORDER BY trial_id, objective'))
      put(row.trial_id, real(row.value, row.value_type));
  } else {
    for (const row of rowsOf(database, 'SELECT trial_id, value FROM trials WHERE value IS NOT NULL'))
      put(row.trial_id, Number(row.value));
  }
  const sql = several
    ? 'SELECT *, intermediate_value AS value FROM trial_intermediate_values'
    : 'SELECT * FROM trial_values WHERE step >= 0';
  for (const row of rowsOf(database, sql)) {
    const steps = intermediate.get(row.trial_id) ?? new Map<number, number>();
    steps.set(Number(row.step), real(row.value, row.intermediate_value_type));
    intermediate.set(row.trial_id, steps);
  }
  return { values, intermediate };
}

const reals: Readonly<Record<string, number>> = {
  INF_POS: Number.POSITIVE_INFINITY,
  INF_NEG: Number.NEGATIVE_INFINITY,
  NAN: Number.NaN,
};

const real = (value: Row[string], type: Row[string] | undefined): number =>
  reals[String(type)] ?? (value === null ? Number.NaN : Number(value));

function readAttributes(database: DatabaseSync, table: string, of: 'study_id' | 'trial_id', file: string) {
  const all = new Map<Row[string], Record<string, unknown>>();
  for (const row of rowsOf(database, `SELECT ${of} AS owner, key, value_json FROM ${table}`)) {
    const attributes = all.get(row.owner) ?? {};
    attributes[String(row.key)] = parsePythonJson(String(row.value_json), file);
    all.set(row.owner, attributes);
  }
  return all;
}

/** '2026-11-21 16:11:30.579487', without a zone: read as UTC, which Optuna writes from version 5 on. */
function time(name: 'startedAt' | 'endedAt', text: Row[string]): Partial<OptunaTrial> {
  const milliseconds = typeof text === 'string' ? Date.parse(`${text.replace(' ', 'T').slice(0, 23)}Z`) : Number.NaN;
  return Number.isFinite(milliseconds) ? { [name]: milliseconds } : {};
}
