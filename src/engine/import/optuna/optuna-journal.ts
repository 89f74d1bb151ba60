import { readFile } from 'node:fs/promises';
import { UserError } from '../../../shared/faults.ts';
import { isOver, type TrialState } from '../../../shared/trial.ts';
import { isNumber, isObject, type JsonLine, type JsonObject, parseJsonLines } from '../python-json.ts';
import { damaged, type StudyImporter } from '../study-importer.ts';
import { importedOptunaStudy, type OptunaStudy, type OptunaTrial } from './optuna-study.ts';

/**
 * Optuna's journal file: one JSON object a line, replayed in order (optuna/storages/journal/_storage.py, versions 3.1 to 5). Operations on
 * trials that have ended are ignored, as Optuna does.
 */
export const optunaJournal: StudyImporter = {
  name: 'optuna-journal',
  title: 'Optuna',
  recognises: ({ text }) => /^\s*\{[^\n]*"op_code":\s*\d/.test(text),
  read: async (path) => {
    const replay = new Replay(path);
    for (const line of parseJsonLines(await readFile(path, 'utf8'), path)) replay.apply(line);
    return replay.studies.map((study) => importedOptunaStudy(study, path));
  },
};

/** `JournalOperation` of Optuna, by number. */
const operations = [
  'createStudy',
  'deleteStudy',
  'setStudyUserAttribute',
  'setStudySystemAttribute',
  'createTrial',
  'setParameter',
  'setStateValues',
  'setIntermediateValue',
  'setUserAttribute',
  'setSystemAttribute',
  'discardTrials',
] as const;

/** `TrialState` of Optuna, by number. */
const states: readonly TrialState[] = ['running', 'complete', 'pruned', 'failed', 'waiting'];

class Replay {
  readonly #file: string;
  readonly #studies = new Map<number, OptunaStudy & { readonly trials: OptunaTrial[] }>();
  readonly #trials: OptunaTrial[] = [];
  #created = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get studies(): OptunaStudy[] {
    return [...this.#studies.values()];
  }

  apply({ value: log, line }: JsonLine): void {
    if (!isObject(log)) throw damaged(this.#file, 'the line is no operation of an Optuna journal.', { line });
    const operation = operations[Number(log.op_code)];
    if (operation === undefined) throw this.#newer(log.op_code, line);
    try {
      this.#perform(operation, log);
    } catch (error) {
      if (error instanceof UserError || !(error instanceof TypeError)) throw error;
      throw damaged(this.#file, `the operation "${operation}" is not whole: ${error.message}.`, { line, cause: error });
    }
  }

  #perform(operation: (typeof operations)[number], log: JsonObject): void {
    const study = this.#studies.get(Number(log.study_id));
    switch (operation) {
      case 'createStudy':
        this.#createStudy(log);
        return;
      case 'deleteStudy':
        this.#studies.delete(Number(log.study_id));
        return;
      case 'setStudyUserAttribute':
        if (study) Object.assign(study.userAttributes, object(log.user_attr));
        return;
      case 'setStudySystemAttribute':
        if (study) Object.assign(study.systemAttributes, object(log.system_attr));
        return;
      case 'createTrial':
        if (study) this.#createTrial(study, log);
        return;
      case 'discardTrials':
        return;
      default: {
        const trial = this.#trials[Number(log.trial_id)];
        if (trial && !isOver(trial)) changeTrial(trial, operation, log);
      }
    }
  }

  #createStudy(log: JsonObject): void {
    const name = String(log.study_name);
    if (this.studies.some((study) => study.name === name)) return;
    const directions = list(log.directions).map((number) => (number === 2 ? 'maximize' : 'minimize'));
    const attributes = { userAttributes: {}, systemAttributes: {} };
    this.#studies.set(this.#created++, { name, directions, ...attributes, trials: [] });
  }

  #createTrial(study: { readonly trials: OptunaTrial[] }, log: JsonObject): void {
    const distributions = object(log.distributions ?? {});
    const params = Object.entries(object(log.params ?? {})).map(
      ([name, internal]) => [name, { internal: Number(internal), distribution: String(distributions[name]) }] as const,
    );
    const values = log.values ?? (isNumber(log.value) ? [log.value] : []);
    const trial: OptunaTrial = {
      state: states[Number(log.state ?? 0)] ?? 'running',
      params: new Map(params),
      values: list(values).map(Number),
      intermediate: new Map(numbers(log.intermediate_values)),
      userAttributes: { ...object(log.user_attrs ?? {}) },
      systemAttributes: { ...object(log.system_attrs ?? {}) },
      ...time('startedAt', log.datetime_start),
      ...time('endedAt', log.datetime_complete),
    };
    study.trials.push(trial);
    this.#trials.push(trial);
  }

  #newer(code: unknown, line: number): UserError {
    return new UserError('import-version', `operation ${String(code)} is none that Optuna 3.1 to 5 write.`, {
      place: { file: this.#file, line },
      advice:
        'Another version of Optuna wrote it; export the study there as CSV (study.trials_dataframe().to_csv) and import that.',
    });
  }
}

function changeTrial(trial: OptunaTrial, operation: (typeof operations)[number], log: JsonObject): void {
  switch (operation) {
    case 'setParameter':
      trial.params.set(String(log.param_name), {
        internal: Number(log.param_value_internal),
        distribution: String(log.distribution),
      });
      return;
    case 'setStateValues':
      trial.state = states[Number(log.state)] ?? trial.state;
      if (Array.isArray(log.values)) trial.values = log.values.map(Number);
      Object.assign(trial, time('startedAt', log.datetime_start), time('endedAt', log.datetime_complete));
      return;
    case 'setIntermediateValue':
      trial.intermediate.set(
        Number(log.step),
        log.intermediate_value === null ? Number.NaN : Number(log.intermediate_value),
      );
      return;
    case 'setUserAttribute':
      Object.assign(trial.userAttributes, object(log.user_attr));
      return;
    case 'setSystemAttribute':
      Object.assign(trial.systemAttributes, object(log.system_attr));
  }
}

function object(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new TypeError('an object is missing');
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('a list is missing');
}

const numbers = (value: unknown): [number, number][] =>
  Object.entries(object(value ?? {})).map(([step, number]) => [Number(step), Number(number)]);

/** Times of Optuna are in ISO 8601 with their zone. */
const time = (name: 'startedAt' | 'endedAt', text: unknown): Partial<OptunaTrial> =>
  typeof text === 'string' && Number.isFinite(Date.parse(text)) ? { [name]: Date.parse(text) } : {};
