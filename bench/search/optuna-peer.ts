import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Params } from '../../src/shared/space.ts';
import { pythonWith } from '../python.ts';
import type { Problem } from './problems.ts';

const requirement = 'optuna==5.0.0';

/** The value of each trial in order, and the seconds inside of the sampler. */
export interface PeerRun {
  readonly values: readonly number[];
  readonly seconds: number;
}

export interface OptunaPeer {
  readonly version: string;
  run(problem: Problem, sampler: 'tpe' | 'random', seed: number, trials: number): Promise<PeerRun>;
  close(): void;
}

/** Starts Optuna in a virtual environment of its own (.venv, outside git), set up on first use with pip. */
export async function startOptuna(): Promise<OptunaPeer> {
  const child = spawn(
    pythonWith('bench-search', [requirement]),
    [fileURLToPath(new URL('optuna-peer.py', import.meta.url))],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the Optuna process ended early');
    return JSON.parse(value);
  };
  const write = (message: unknown) => child.stdin.write(`${JSON.stringify(message)}\n`);
  const { version } = (await read()) as { version: string };
  return {
    version,
    close: () => child.stdin.end(),
    async run(problem, sampler, seed, trials) {
      write({ space: problem.space, direction: problem.direction, sampler, seed, trials });
      const values: number[] = [];
      while (values.length < trials) {
        const { params } = (await read()) as { params: Params };
        values.push(problem.value(params));
        write({ value: values.at(-1) });
      }
      return { values, seconds: ((await read()) as { seconds: number }).seconds };
    },
  };
}
