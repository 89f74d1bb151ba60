import { parseArgs } from 'node:util';
import type { OptunaSampler } from './optuna-peer.ts';
import { recordedOptuna } from './peer-record.ts';
import { peerProblem, singleObjectiveProblems } from './problems.ts';

/**
 * Runs Optuna on every problem beforehand, so that `bench/search.ts` finds its runs; may be ended and started again at any time.
 *
 *   node bench/search/record-peers.ts --sampler gp [--seeds 20] [--from 0]
 */
const { values: options } = parseArgs({
  options: {
    sampler: { type: 'string', default: 'gp' },
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '0' },
  },
});
const peer = recordedOptuna();
for (let seed = Number(options.from); seed < Number(options.seeds); seed++) {
  for (const problem of singleObjectiveProblems()) {
    const { seconds } = await peer.run(problem.name, peerProblem(problem), options.sampler as OptunaSampler, seed, 100);
    console.log(`${options.sampler} ${problem.name} seed ${seed}: ${seconds.toFixed(1)} s`);
  }
}
peer.close();
