import type { Params } from '../../src/shared/space.ts';
import { pythonWith } from '../python.ts';
import type { MultiFidelityProblem } from './multi-fidelity-problems.ts';
import { startPeerProcess } from './peer-process.ts';

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
  const { version, read, write, close } = await startPeerProcess(
    'dehb-peer.py',
    pythonWith('bench-dehb', requirements),
  );
  return {
    version,
    close,
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
