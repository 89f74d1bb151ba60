import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isObject, parsePythonJson } from '../python-json.ts';

/** What the newest `experiment_state-*.json` says of a trial. */
export interface RayState {
  /** 'TERMINATED', 'ERROR', 'RUNNING', 'PENDING', 'PAUSED' */
  readonly status: string;
  readonly id: string;
}

/** States by the name of the trial's folder; empty where Ray left none. Throws a UserError `import-damaged`. */
export async function readRayStates(folder: string): Promise<ReadonlyMap<string, RayState>> {
  const newest = readdirSync(folder)
    .filter((name) => /^experiment_state-.*\.json$/.test(name))
    .sort()
    .at(-1);
  if (newest === undefined) return new Map();
  const file = join(folder, newest);
  const state = parsePythonJson(await readFile(file, 'utf8'), file);
  const entries = isObject(state) ? (state.trial_data ?? state.checkpoints) : undefined;
  const trials = (Array.isArray(entries) ? entries : []).map((entry) =>
    trialOf(Array.isArray(entry) ? entry[0] : entry, file),
  );
  return new Map(trials.flatMap((trial) => (trial ? [trial] : [])));
}

/** A trial's own state is JSON within the JSON. */
function trialOf(text: unknown, file: string): [string, RayState] | undefined {
  const state = typeof text === 'string' ? parsePythonJson(text, file) : text;
  if (!isObject(state)) return undefined;
  const folder = state.relative_logdir ?? state.logdir;
  return typeof folder === 'string'
    ? [basename(folder), { status: String(state.status), id: String(state.trial_id) }]
    : undefined;
}
