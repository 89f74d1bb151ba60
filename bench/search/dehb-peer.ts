import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Params } from '../../src/shared/space.ts';
import { pythonWith } from '../python.ts';
import type { MultiFidelityProblem } from './multi-fidelity-problems.ts';

const requirements = ['dehb==0.1.2', 'configspace==1.2.2', 'numpy==1.26.4'];

/** One trial as it was measured. */
export interface Measured {
  readonly value: number;
  readonly fidelity: number;
}

export interface DehbPeer {
  readonly version: string;
  run(problem: MultiFidelityProblem, seed: number, trials: number): Promise<Measured[]>;
  close(): void;
}

/** Starts DEHB as it is by default, in a virtual environment of its own (.venv, outside git), set up on first use with pip. */
export async function startDehb(): Promise<DehbPeer> {
  const script = fileURLToPath(new URL('dehb-peer.py', import.meta.url));
  const child = spawn(pythonWith('bench-dehb', requirements), ['-W', 'ignore', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the DEHB process ended early');
    return JSON.parse(value);
  };
  const write = (message: unknown) => child.stdin.write(`${JSON.stringify(message)}\n`);
  const { version } = (await read()) as { version: string };
  return {
    version,
    close: () => child.stdin.end(),
    async run({ space, resource, value }, seed, trials) {
      write({ space, min: resource.min, max: resource.max, seed, trials });
      const told: Measured[] = [];
      while (told.length < trials) {
        const { params, fidelity } = (await read()) as { params: Params; fidelity: number };
        told.push({ value: value(params, fidelity, seed), fidelity });
        write({ value: told[told.length - 1].value });
      }
      await read();
      return told;
    },
  };
}
