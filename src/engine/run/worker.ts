import { createInterface } from 'node:readline';
import { UserError } from '../../shared/faults.ts';
import type { Answers, Decision, FromWorker, Job, ToWorker, WorkerFault } from './job.ts';
import { perform } from './perform.ts';
import { UsageMeter } from './usage.ts';

/**
 * The worker program: one JSON job a line in, JSON lines out, one job at a time. It needs nothing but the files a job names,
 * so the same program runs under another scheduler.
 */

const say = (message: FromWorker) => process.stdout.write(`${JSON.stringify(message)}\n`);
// Libraries that print must not break the lines.
console.log = console.info = console.debug = console.error;

interface Running {
  readonly id: number;
  readonly abort: AbortController;
  decide: ((decision: Decision) => void) | null;
}

let running: Running | null = null;

createInterface({ input: process.stdin })
  .on('line', (line) => hear(JSON.parse(line)))
  .on('close', () => process.exit(0));
// Where workers share the terminal's group (Windows), Ctrl-C reaches them too; the engine decides what they do.
process.on('SIGINT', () => undefined);
say({ ready: true });

function hear(message: ToWorker): void {
  if ('job' in message) void work(message.id, message.job);
  else if (running?.id !== message.id) return;
  else if ('abort' in message) running.abort.abort();
  else running.decide?.(message.decision);
}

async function work(id: number, job: Job): Promise<void> {
  const current: Running = { id, abort: new AbortController(), decide: null };
  running = current;
  const usage = new UsageMeter(job.kind === 'script');
  try {
    const answer: Answers[keyof Answers] = await perform(job, {
      signal: current.abort.signal,
      progress: (share) => say({ id, progress: share }),
      started: (leader) => say({ id, group: leader }),
      held: (bytes) => usage.held(bytes),
      report: (step, value) => {
        const { promise, resolve } = Promise.withResolvers<Decision>();
        current.decide = resolve;
        say({ id, report: { step, value: Number.isFinite(value) ? value : String(value) } });
        return promise;
      },
    });
    say({ id, answer, usage: usage.read() });
  } catch (error) {
    say({ id, fault: toFault(error, current.abort.signal), usage: usage.read() });
  }
  running = null;
}

function toFault(error: unknown, signal: AbortSignal): WorkerFault {
  if (signal.aborted) return { message: 'stopped', aborted: true };
  if (error instanceof UserError) {
    const { message, code, place, advice } = error;
    return { message, userCode: code, place, advice };
  }
  if (error instanceof Error) return { message: error.message, stack: error.stack };
  return { message: String(error) };
}
