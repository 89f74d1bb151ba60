import { createInterface } from 'node:readline';
import { UserError } from '../../shared/faults.ts';
import { BackendFault } from '../networks/backends/backend-fault.ts';
import { planBackend } from '../networks/backends/start-backend.ts';
import type { BackendPlan } from './backend-plan.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { Answers, Decision, FromWorker, Job, ToWorker, WorkerFault } from './job.ts';
import { perform } from './perform.ts';
import { UsageMeter } from './usage.ts';

/**
 * The worker program: one JSON job a line in, JSON lines out, one job at a time. It needs nothing but the files a job names,
 * so the same program runs under another scheduler.
 */

const say = (message: FromWorker, said?: () => void) => process.stdout.write(`${JSON.stringify(message)}\n`, said);
// Libraries that print must not break the lines.
console.log = console.info = console.debug = console.error;

/** A job that can give back what it knows by then has so long to do so, in milliseconds: who cancels it waits a second. */
const windingUp: Partial<Record<Job['kind'], number>> = { explain: 700, 'data-check': 700 };

interface Running {
  readonly id: number;
  readonly abort: AbortController;
  readonly windingUp: number | undefined;
  enough: boolean;
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
  if ('job' in message) void work(message.id, message.job, message.backend);
  else if (running?.id !== message.id) return;
  else if ('abort' in message) stop(running);
  else running.decide?.(message.decision);
}

function stop(current: Running): void {
  current.enough = true;
  if (current.windingUp === undefined) current.abort.abort();
  else setTimeout(() => current.abort.abort(), current.windingUp).unref();
}

async function work(id: number, job: Job, backend: BackendPlan): Promise<void> {
  const current: Running = {
    id,
    abort: new AbortController(),
    windingUp: windingUp[job.kind],
    enough: false,
    decide: null,
  };
  running = current;
  const usage = new UsageMeter(job.kind === 'script');
  planBackend({ ...backend, using: (name) => new Promise((said) => say({ id, backend: name }, said)) });
  try {
    const answer: Answers[keyof Answers] = await perform(job, {
      signal: current.abort.signal,
      enough: () => current.enough,
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
  collectGarbage();
}

function toFault(error: unknown, signal: AbortSignal): WorkerFault {
  if (signal.aborted) return { message: 'stopped', aborted: true };
  if (error instanceof UserError) {
    const { message, code, place, advice } = error;
    const backend = error instanceof BackendFault ? error.failure : undefined;
    return { message, userCode: code, place, advice, backend };
  }
  if (error instanceof Error) return { message: error.message, stack: error.stack };
  return { message: String(error) };
}
