import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricName } from '../../../shared/metrics.ts';
import { processTreeUsage } from '../../energy/process-usage.ts';
import { writeFault } from '../../models/bundle.ts';
import type { ScriptJob, TrialAnswer } from '../job.ts';
import type { Surroundings } from '../surroundings.ts';
import { longestLineBytes } from './bounded-lines.ts';
import { scriptEnvironment, scriptWords } from './script-command.ts';
import { exitFailure, ScriptFailure, withoutResult } from './script-failure.ts';
import { ScriptLog } from './script-log.ts';
import { readScriptLine } from './script-output.ts';
import { ScriptProcess } from './script-process.ts';

/** The worker is ended a little later itself. */
const abortGraceSeconds = 2;
const memoryPollMilliseconds = 500;

/** Name of the file in a trial's folder that keeps what its program printed. */
export const scriptLogName = 'output.log';

/** What has been heard of a program so far. */
interface Heard {
  metrics: Record<string, number>;
  lines: number;
  last: string;
  step: number;
  pruned: string | null;
  /** Why it was ended before its time. */
  failure: ScriptFailure | null;
}

/**
 * Runs a program of the person's with one configuration: passes its intermediate values to the search, ends it where the search, the
 * time or the memory says so, and reads its result. Throws a ScriptFailure that says what is wrong with it.
 */
export async function performScript(job: ScriptJob, surroundings: Surroundings): Promise<TrialAnswer> {
  if (!existsSync(job.cwd)) throw new ScriptFailure(`The folder to run it in does not exist: ${job.cwd}.`);
  const configFile = prepareFolder(job);
  const configuration = { ...job, configFile };
  const log = new ScriptLog(join(job.folder, scriptLogName));
  const heard: Heard = { metrics: {}, lines: 0, last: '', step: Number.NEGATIVE_INFINITY, pruned: null, failure: null };
  const started = performance.now();
  const words = scriptWords(job.command, configuration);
  const start = { words, cwd: job.cwd, env: scriptEnvironment(configuration), hears: job.pruning === 'line' };
  const script = new ScriptProcess(start, log);
  if (script.pid !== undefined) surroundings.started(script.pid);
  const unwatch = watch(script, job, heard, surroundings);
  try {
    for await (const line of script.lines()) {
      heard.lines++;
      if (typeof line === 'string') await hear(line, { script, job, heard, log, surroundings });
      else refuse(script, job, heard, new ScriptFailure(tooLongWords));
    }
    const exit = await script.exit;
    surroundings.signal.throwIfAborted();
    if (script.leftBehind) log.line('[Programs that it had left behind were ended.]');
    if (heard.failure) throw heard.failure;
    if (heard.pruned !== null) return { metrics: {}, foldMetrics: [], pruned: heard.pruned };
    const failure = exitFailure(exit, words[0], script.lastWords);
    if (failure) throw failure;
    return resultOf(job, heard, (performance.now() - started) / 1000);
  } finally {
    unwatch();
    script.end(0);
    await script.exit;
    log.close();
  }
}

const tooLongWords = `The program printed a line longer than ${longestLineBytes / 2 ** 20} MiB. Write large output to a file instead.`;

function prepareFolder({ folder, params }: ScriptJob): string {
  const configFile = join(folder, 'config.json');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(configFile, `${JSON.stringify(params, null, 2)}\n`);
  } catch (error) {
    throw writeFault(error, folder);
  }
  return configFile;
}

/** Time, memory and the person's stop; returns what ends the watch. */
function watch(script: ScriptProcess, job: ScriptJob, heard: Heard, { signal, held }: Surroundings): () => void {
  const { timeoutSeconds, memoryBytes } = job;
  const late = setTimeout(
    () =>
      refuse(script, job, heard, new ScriptFailure(`It took longer than ${Math.round(timeoutSeconds * 10) / 10} s.`)),
    Math.min(timeoutSeconds * 1000, 2 ** 31 - 1),
  );
  const poll = setInterval(async () => {
    const bytes = script.pid === undefined ? null : ((await processTreeUsage(script.pid))?.memoryBytes ?? null);
    if (bytes === null) return;
    held(bytes);
    if (memoryBytes === null || bytes <= memoryBytes) return;
    const most = Math.round(memoryBytes / 2 ** 20);
    refuse(script, job, heard, new ScriptFailure(`It used more memory than the ${most} MB that a trial may.`));
  }, memoryPollMilliseconds);
  const abort = () => script.end(Math.min(job.graceSeconds, abortGraceSeconds));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    clearTimeout(late);
    clearInterval(poll);
    signal.removeEventListener('abort', abort);
  };
}

/** The first reason holds. */
function refuse(script: ScriptProcess, { graceSeconds }: ScriptJob, heard: Heard, failure: ScriptFailure): void {
  heard.failure ??= failure;
  script.end(graceSeconds);
}

interface Listening {
  readonly script: ScriptProcess;
  readonly job: ScriptJob;
  readonly heard: Heard;
  readonly log: ScriptLog;
  readonly surroundings: Surroundings;
}

async function hear(line: string, { script, job, heard, log, surroundings }: Listening): Promise<void> {
  const said = readScriptLine(line, job.objectives[0]);
  if (line.trim() !== '') heard.last = line;
  if (said.kind === 'log') log.line(line);
  // Whatever a program says after it was told to end is only drained.
  if (said.kind === 'log' || heard.failure || heard.pruned !== null || surroundings.signal.aborted) return;
  if (said.kind === 'unclear')
    refuse(script, job, heard, new ScriptFailure(`A line was not understood: ${said.words}`));
  else if (said.kind === 'result') Object.assign(heard.metrics, said.metrics);
  else await decide(said, { script, job, heard, log, surroundings });
}

async function decide(
  { step, value }: { step: number; value: number },
  { script, job, heard, surroundings }: Listening,
): Promise<void> {
  if (step <= heard.step) {
    refuse(script, job, heard, new ScriptFailure(`Its steps must rise; got ${step} after ${heard.step}.`));
    return;
  }
  heard.step = step;
  const { prune } = await surroundings.report(step, value);
  heard.pruned = prune;
  if (job.pruning === 'line') {
    script.tell(JSON.stringify(prune === null ? { decision: 'continue' } : { decision: 'prune', why: prune }));
    if (prune !== null) setTimeout(() => script.end(job.graceSeconds), job.graceSeconds * 1000).unref();
  } else if (prune !== null) script.end(job.graceSeconds);
}

/** Objectives that are measured from outside. */
const measured: readonly string[] = ['energy', 'co2', 'cost', 'fit_time'] satisfies MetricName[];

function resultOf({ objectives }: ScriptJob, { metrics, lines, last }: Heard, seconds: number): TrialAnswer {
  const got = Object.keys(metrics);
  const wanted = objectives.filter((name) => !measured.includes(name));
  if (wanted.some((name) => !got.includes(name))) throw withoutResult(lines, last, wanted, got);
  const unreal = wanted.find((name) => !Number.isFinite(metrics[name]));
  if (unreal) throw new ScriptFailure(`Its ${unreal} must be a finite number; got ${metrics[unreal]}.`);
  // What is not a finite number and no objective is not measured.
  const finite = Object.entries(metrics).filter(([, number]) => Number.isFinite(number));
  return { metrics: { fit_time: seconds, ...Object.fromEntries(finite) }, foldMetrics: [] };
}
