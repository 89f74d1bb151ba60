import type { SamplerName } from '../../src/engine/search/samplers/registry.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { pythonWith } from '../python.ts';
import { conditionalProblems } from './conditional.ts';
import { startPeer } from './optuna-peer.ts';
import { RecordedPeer } from './peer-record.ts';
import { peerProblem, singleObjectiveProblems } from './problems.ts';
import { cell, pad, runOurs, type Summary, summary } from './regret.ts';
import type { Section } from './section.ts';

// SMAC3 2.4 reads a name of scikit-learn that 1.7 took away; hyperopt 0.3 reads pkg_resources, which setuptools 81 took away.
const requirements = ['smac==2.4.0', 'ConfigSpace==1.2.2', 'scikit-learn==1.6.1', 'hyperopt==0.3.0', 'setuptools<81'];
const trials = 100;
const peers = ['smac', 'hyperopt'] as const;
type PeerSampler = (typeof peers)[number];

/** Ours and theirs of the same kind. */
const twins: readonly (readonly [string, PeerSampler])[] = [
  ['smac', 'smac'],
  ['tpe', 'hyperopt'],
];

/** Ours beside SMAC3 (its facade for hyperparameters) and hyperopt's TPE, both as they are by default. */
export const peersSection: Section = {
  name: 'peers',
  title: `SMAC3 and hyperopt: median regret after 50 / ${trials} trials; in brackets the mean seconds inside of the sampler`,
  async run({ seeds, only = '', samplers = twins.map(([name]) => name), print }) {
    const peer = new RecordedPeer<PeerSampler>(() => startPeer('smac-peer.py', pythonWith('bench-smac', requirements)));
    const problems = [...singleObjectiveProblems(), ...conditionalProblems].filter(({ name }) => name.includes(only));
    const rows: { problem: string; ours: Record<string, Summary>; peers: Record<string, Summary> }[] = [];
    print(pad('problem') + [...samplers, 'SMAC3', 'hyperopt TPE'].map((name) => pad(name)).join(''));
    for (const problem of problems) {
      const ours: Record<string, Summary> = {};
      const theirs: Record<string, Summary> = {};
      for (const name of samplers)
        ours[name] = await summary(problem, seeds, (seed) => runOurs(problem, name as SamplerName, seed));
      for (const name of peers) {
        theirs[name] = await summary(problem, seeds, async (seed) => {
          const { values, seconds } = await peer.run(problem.name, peerProblem(problem), name, seed, trials);
          return { values: values.map(([value]) => value), seconds };
        });
      }
      rows.push({ problem: problem.name, ours, peers: theirs });
      print(
        pad(problem.name) +
          [...samplers.map((name) => ours[name]), ...peers.map((name) => theirs[name])]
            .map((one) => pad(cell(one)))
            .join(''),
      );
    }
    peer.close();
    const compared = twins.filter(([own]) => samplers.includes(own));
    return { bars: compared.map(([own, twin]) => rankBar(own, twin, rows)), results: rows };
  },
};

/** Mean rank over problems and seeds after all trials: 1 where ours is better, 2 where theirs is, 1.5 each where they are equal. */
function rankBar(
  own: string,
  twin: PeerSampler,
  rows: readonly { readonly ours: Record<string, Summary>; readonly peers: Record<string, Summary> }[],
) {
  const ranks = rows.flatMap(({ ours, peers }) =>
    ours[own].regrets.map((regret, seed) => 1.5 + Math.sign(regret - peers[twin].regrets[seed]) / 2),
  );
  const wins = rows.filter(({ ours, peers }) => ours[own].at100 <= peers[twin].at100).length;
  const rank = mean(ranks);
  return {
    words: `${own} against ${twin === 'smac' ? 'SMAC3' : "hyperopt's TPE"}: mean rank not above 1.5`,
    figure: `${rank.toFixed(3)}; median regret at ${trials} as good or better on ${wins} of ${rows.length}`,
    met: rank <= 1.5,
  };
}
