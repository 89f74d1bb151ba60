import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Objective } from '../../../shared/experiment/experiment.ts';
import type { Value } from '../../../shared/space.ts';
import type { TrialState } from '../../../shared/trial.ts';
import { allParts } from '../../data/parts.ts';
import { withSource } from '../../data/source.ts';
import { flatParams } from '../flat-params.ts';
import { isNumber, isObject, type JsonObject, parseJsonLines, parsePythonJson } from '../python-json.ts';
import { siblingText } from '../sibling-file.ts';
import { damaged } from '../study-importer.ts';
import { type TrialFacts, unknownReason } from '../trial-facts.ts';
import type { RayState } from './ray-state.ts';

/** What lies in one trial's folder. */
export interface RayTrial {
  readonly params: Readonly<Record<string, Value>>;
  readonly reports: readonly JsonObject[];
  readonly error: string | undefined;
  readonly state: RayState | undefined;
  /** Sorts trials as they were made. */
  readonly order: string;
}

/** Throws a UserError `import-damaged` with the file and its line. */
export async function readRayTrial(
  folder: string,
  state: RayState | undefined,
  signal: AbortSignal,
): Promise<RayTrial> {
  const file = join(folder, 'params.json');
  const params = parsePythonJson(await readFile(file, 'utf8'), file);
  if (!isObject(params)) throw damaged(file, 'the file holds no parameters.');
  const reports = await readReports(folder, file, signal);
  const error = (await siblingText(file, 'error.txt'))?.trim().split('\n').at(-1);
  const began = reports.find(({ timestamp }) => isNumber(timestamp))?.timestamp;
  return { params: flatParams(params), reports, error, state, order: state?.id ?? `${began ?? folder}` };
}

async function readReports(folder: string, beside: string, signal: AbortSignal): Promise<JsonObject[]> {
  const text = await siblingText(beside, 'result.json');
  if (text === undefined) return readProgress(join(folder, 'progress.csv'), beside, signal);
  const file = join(folder, 'result.json');
  return parseJsonLines(text, file).map(({ value, line }) => {
    if (isObject(value)) return value;
    throw damaged(file, 'the line is no report.', { line });
  });
}

/** The same reports as a table, numbers as numbers. */
async function readProgress(path: string, beside: string, signal: AbortSignal): Promise<JsonObject[]> {
  if ((await siblingText(beside, 'progress.csv')) === undefined) return [];
  return withSource({ path, shown: path }, signal, async ({ database, names }) => {
    const rows = await database.rows(
      `SELECT ${names.map((_, i) => `c${i}`).join(', ')} FROM ${allParts(names.length)}`,
    );
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, cell(row[i])])));
  });
}

const cell = (value: unknown): unknown =>
  value === null ? undefined : Number.isFinite(Number(value)) ? Number(value) : String(value);

/** What Ray adds to every report itself (ray/tune/result.py). */
const added =
  /^(time|timestamp|timesteps|training_iteration|trial_id|date|done|pid|hostname|node_ip|config|experiment_|episodes_total|iterations_since_restore|should_checkpoint|checkpoint_dir_name|time_.*|timesteps_.*|warmup_time)/;

/** Names of the numbers that trials reported of their own, in order of their first appearance. */
export function reportedNumbers(trials: readonly RayTrial[]): string[] {
  const names = new Set<string>();
  for (const { reports } of trials)
    for (const report of reports)
      for (const [name, value] of Object.entries(report)) if (isNumber(value) && !added.test(name)) names.add(name);
  return [...names];
}

/** @param longest reports of the trial that reported most often: others that ended without an error were stopped early */
export function rayTrialFacts(
  { params, reports, error, state }: RayTrial,
  objectives: readonly Objective[],
  longest: number,
): TrialFacts {
  const last = reports.at(-1);
  const ended = stateOf(state, error, reports.length, longest);
  const [first] = objectives;
  const timestamps = reports.map(({ timestamp }) => timestamp).filter(isNumber);
  const begun =
    timestamps.length > 0 && isNumber(reports[0].time_total_s)
      ? timestamps[0] - reports[0].time_total_s
      : timestamps[0];
  return {
    state: ended,
    params,
    why: unknownReason('Ray Tune'),
    ...(last && { values: objectives.map(({ metric }) => numberAt(last, metric)) }),
    intermediate: reports.map((report, i) => [
      numberOr(report.training_iteration, i + 1),
      numberAt(report, first.metric),
    ]),
    ...(ended === 'failed' && { message: error ?? 'Ray says that it failed, not why.' }),
    ...(ended === 'pruned' && { message: `Stopped after ${reports.length} of ${longest} reports.` }),
    ...(begun !== undefined && {
      startedAt: Math.round(begun * 1000),
      endedAt: Math.round((timestamps.at(-1) ?? begun) * 1000),
    }),
    attributes: { ...(state && { trial_id: state.id }) },
  };
}

function stateOf(state: RayState | undefined, error: string | undefined, reports: number, longest: number): TrialState {
  if (state?.status === 'PENDING') return 'waiting';
  if (state?.status === 'RUNNING' || state?.status === 'PAUSED') return 'running';
  if (state?.status === 'ERROR' || error !== undefined || reports === 0) return 'failed';
  return reports < longest ? 'pruned' : 'complete';
}

const numberAt = (report: JsonObject, name: string): number => numberOr(report[name], Number.NaN);
const numberOr = (value: unknown, otherwise: number): number => (isNumber(value) ? value : otherwise);
