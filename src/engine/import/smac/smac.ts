import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../shared/faults.ts';
import type { Reason, TrialState } from '../../../shared/trial.ts';
import { budgetNotes, inOrder, type Run } from '../budgets.ts';
import { observedSpace, outsideNotes, widenedSpace } from '../imported-space.ts';
import { isNumber, isObject, type JsonObject, parsePythonJson } from '../python-json.ts';
import { siblingJson } from '../sibling-file.ts';
import { damaged, type ImportedStudy, type StudyImporter } from '../study-importer.ts';
import { importedTrial } from '../trial-facts.ts';
import { type ReadSpace, readConfigSpace } from './config-space.ts';

/**
 * A run of SMAC 1 to 2.4: `runhistory.json`, with `configspace.json` and `scenario.json` beside it where they are. One trial a run of a
 * configuration: at a budget, on an instance, with a seed.
 */
export const smac: StudyImporter = {
  name: 'smac',
  title: 'SMAC',
  recognises: ({ path, text }) => basename(path) === 'runhistory.json' && /"data"\s*:/.test(text.slice(0, 1_000)),
  read: async (path) => {
    const history = parsePythonJson(await readFile(path, 'utf8'), path);
    const scenario = await siblingJson(path, 'scenario.json');
    const written = await writtenSpace(path);
    return [importedStudy(history, isObject(scenario) ? scenario : {}, written, path)];
  },
};

async function writtenSpace(path: string): Promise<ReadSpace | undefined> {
  const json = await siblingJson(path, 'configspace.json');
  return json === undefined ? undefined : readConfigSpace(json, join(dirname(path), 'configspace.json'));
}

function importedStudy(
  history: unknown,
  scenario: JsonObject,
  written: ReadSpace | undefined,
  file: string,
): ImportedStudy {
  if (!isObject(history) || !Array.isArray(history.data) || !isObject(history.configs))
    throw damaged(file, 'the file holds no runs and configurations of SMAC.');
  const origins = isObject(history.config_origins) ? history.config_origins : {};
  const configs = history.configs;
  const runs = inOrder(history.data.map((entry, index) => runOf(entry, index, configs, origins, file)));
  const names = objectiveNames(scenario, runs);
  const trials = runs.map((run, number) => importedTrial(number, run, names.length));
  const space = written ? widenedSpace(written.space, trials) : observedSpace(trials);
  return {
    name: typeof scenario.name === 'string' ? scenario.name : basename(dirname(file)),
    space,
    objectives: names.map((metric) => ({ metric, direction: 'minimize' })),
    trials,
    search: searchWords(scenario),
    notes: [
      ...(written?.notes ?? ['There is no configspace.json beside it: the space is what the configurations span.']),
      ...budgetNotes(runs),
      ...instanceNotes(runs),
      ...outsideNotes(space, trials),
    ],
  };
}

/** SMAC 2.2 and later write objects, earlier versions lists in this order, version 1 as two lists, and before 2.1 without `cpu_time`. */
const fields = [
  'config_id',
  'instance',
  'seed',
  'budget',
  'cost',
  'time',
  'cpu_time',
  'status',
  'starttime',
  'endtime',
  'additional_info',
];

function runFields(entry: unknown): JsonObject | undefined {
  if (isObject(entry)) return entry;
  if (!Array.isArray(entry)) return undefined;
  const parts = Array.isArray(entry[0]) ? [...entry[0], ...(Array.isArray(entry[1]) ? entry[1] : [])] : entry;
  const names = parts.length < fields.length ? fields.filter((name) => name !== 'cpu_time') : fields;
  return parts.length === names.length ? Object.fromEntries(names.map((name, i) => [name, parts[i]])) : undefined;
}

function runOf(entry: unknown, index: number, configs: JsonObject, origins: JsonObject, file: string): Run {
  const run = runFields(entry);
  const configuration = String(run?.config_id);
  const params = configs[configuration];
  const status = run && statusOf(run.status);
  if (!run || !status)
    throw new UserError('import-version', `run ${index + 1} is not written as SMAC 1 to 2.4 do.`, {
      place: { file },
      advice: 'Another version of SMAC wrote it; load it there and save it with SMAC 2.',
    });
  if (!isObject(params))
    throw damaged(file, `run ${index + 1} has configuration ${configuration}, which is not in the file.`);
  const costs = Array.isArray(run.cost) ? run.cost : [run.cost];
  const { budget, seed, instance, additional_info: info } = run;
  const origin = origins[configuration];
  return {
    configuration,
    state: status.state,
    params,
    why: reasonOf(typeof origin === 'string' ? origin : undefined),
    values: costs.map((cost) => (isNumber(cost) ? cost : Number.NaN)),
    ...(isNumber(budget) && budget > 0 && { fidelity: budget }),
    ...(status.state === 'failed' && { message: failureWords(status.words, info) }),
    ...(isNumber(run.starttime) && run.starttime > 0 && { startedAt: Math.round(run.starttime * 1000) }),
    ...(isNumber(run.endtime) && run.endtime > 0 && { endedAt: Math.round(run.endtime * 1000) }),
    attributes: {
      configuration: Number(configuration),
      ...(seed !== null && seed !== undefined && { seed }),
      ...(instance !== null && instance !== undefined && { instance }),
    },
  };
}

const statuses: Readonly<Record<string, { readonly state: TrialState; readonly words: string }>> = {
  RUNNING: { state: 'running', words: '' },
  SUCCESS: { state: 'complete', words: '' },
  CRASHED: { state: 'failed', words: 'It crashed' },
  TIMEOUT: { state: 'failed', words: 'It took longer than was allowed' },
  MEMORYOUT: { state: 'failed', words: 'It needed more memory than was allowed' },
  MEMOUT: { state: 'failed', words: 'It needed more memory than was allowed' },
  ABORT: { state: 'failed', words: 'It was aborted' },
  CAPPED: { state: 'pruned', words: 'It was capped' },
  STOP: { state: 'failed', words: 'It was stopped' },
  DONOTADVANCE: { state: 'complete', words: '' },
};

/** `StatusType` of SMAC 2 by number; version 1 writes names. */
const numbered = ['RUNNING', 'SUCCESS', 'CRASHED', 'TIMEOUT', 'MEMORYOUT'];

function statusOf(status: unknown) {
  if (isNumber(status)) return statuses[numbered[status] ?? ''];
  const name = isObject(status) ? String(status.__enum__) : String(status);
  return statuses[name.replace('StatusType.', '')];
}

const failureWords = (words: string, info: unknown): string =>
  isObject(info) && typeof info.error === 'string' ? `${words}: ${info.error}` : `${words}.`;

/** SMAC writes down where a configuration came from. */
function reasonOf(origin: string | undefined): Reason {
  const words = origin === undefined ? 'SMAC did not write down where it came from.' : `SMAC says: ${origin}.`;
  const phases: readonly (readonly [RegExp, Reason['phase']])[] = [
    [/default/i, 'default'],
    [/initial/i, 'start-up'],
    [/random/i, 'explore'],
    [/acquisition|local search|sorted/i, 'exploit'],
    [/custom/i, 'enqueued'],
  ];
  const phase = phases.find(([pattern]) => pattern.test(origin ?? ''))?.[1] ?? 'imported';
  return { sampler: 'SMAC', phase, words };
}

function objectiveNames({ objectives }: JsonObject, runs: readonly Run[]): string[] {
  const given = Array.isArray(objectives) ? objectives.map(String) : typeof objectives === 'string' ? [objectives] : [];
  const count = Math.max(1, ...runs.map(({ values }) => values?.length ?? 0));
  if (given.length === count) return given;
  return count === 1 ? ['cost'] : Array.from({ length: count }, (_, i) => `cost ${i + 1}`);
}

function searchWords({ _meta: meta }: JsonObject): string {
  const facade = isObject(meta) && isObject(meta.facade) ? meta.facade.name : undefined;
  const intensifier = isObject(meta) && isObject(meta.intensifier) ? meta.intensifier.name : undefined;
  if (typeof facade !== 'string') return 'Chosen by SMAC.';
  return `Chosen by SMAC's ${facade}${typeof intensifier === 'string' ? `, intensified by ${intensifier}` : ''}.`;
}

function instanceNotes(runs: readonly Run[]): string[] {
  const counts = Map.groupBy(runs, ({ configuration, fidelity }) => `${configuration} ${fidelity}`);
  if (counts.size === runs.length) return [];
  return [
    'A configuration was run on several instances or seeds: each run is a trial here, while SMAC compares their means.',
  ];
}
