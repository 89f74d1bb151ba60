import type { SpaceDescription } from '../../src/engine/space/description.ts';
import type { Direction } from '../../src/shared/metrics.ts';
import type { Params } from '../../src/shared/space.ts';
import { pythonWith } from '../python.ts';
import { startPeerProcess } from './peer-process.ts';

export const requirements = ['optuna==5.0.0', 'scipy==1.17.1', 'cmaes==0.13.0', 'torch==2.15.0'];

export type OptunaSampler = 'random' | 'tpe' | 'gp' | 'cma-es' | 'nsga2';

/** What is searched: values and constraints of a configuration; feasible where every constraint is <= 0. */
export interface PeerProblem {
  readonly space: SpaceDescription;
  readonly directions: readonly Direction[];
  /** Number of constraints. */
  readonly constraints: number;
  measure(params: Params): { readonly values: readonly number[]; readonly constraints: readonly number[] };
}

/** Values of each trial in order, and the seconds inside of the sampler. */
export interface PeerRun {
  readonly values: readonly (readonly number[])[];
  readonly constraints: readonly (readonly number[])[];
  readonly seconds: number;
}

/** Another library, asked and told over a pipe. */
export interface Peer<Sampler extends string> {
  readonly version: string;
  run(problem: PeerProblem, sampler: Sampler, seed: number, trials: number): Promise<PeerRun>;
  close(): void;
}

export type OptunaPeer = Peer<OptunaSampler>;

/** Starts Optuna, one thread, in a virtual environment of its own (.venv, outside git), set up on first use with pip. */
export const startOptuna = (): Promise<OptunaPeer> =>
  startPeer('optuna-peer.py', pythonWith('bench-search', requirements));

/** Starts a script of this folder that speaks as `optuna-peer.py` says. */
export async function startPeer<Sampler extends string>(script: string, python: string): Promise<Peer<Sampler>> {
  const { version, read, write, close } = await startPeerProcess(script, python);
  return {
    version,
    close,
    async run({ space, directions, constraints, measure }, sampler, seed, trials) {
      write({ space, directions, constraints, sampler, seed, trials });
      const told: ReturnType<PeerProblem['measure']>[] = [];
      while (told.length < trials) {
        const { params } = (await read()) as { params: Params };
        const answer = measure(params);
        told.push(answer);
        write(answer);
      }
      const { seconds } = (await read()) as { seconds: number };
      return {
        values: told.map(({ values }) => values),
        constraints: told.map(({ constraints }) => constraints),
        seconds,
      };
    },
  };
}
