import type { ParameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import type { Random } from '../../random.ts';
import { centralInterval, quantile } from '../../statistics/quantile.ts';
import { basisOf } from '../analysis/basis.ts';
import { bestFirst, type JudgedTrials, judgedTrials } from '../analysis/judged-trials.ts';
import type { Importance } from './importance.ts';
import { type Cells, cellsOf } from './ped-anova/cells.ts';
import { type CellCounts, divergence, kernelOf } from './ped-anova/divergence.ts';
import { byImportance, sharesOf } from './shares.ts';

export interface PedAnovaOptions {
  /** Share of the trials that are the best ones (gamma'); default: 0.1. */
  readonly topShare?: number;
  /** Resamples of the trials for the intervals; default: 200. */
  readonly resamples?: number;
}

/** At least so many trials are the best ones: of fewer no density can be told. */
const fewestBest = 3;

/**
 * PED-ANOVA (Watanabe, Bansal and Hutter 2023): how far the best tenth of the trials is spread otherwise than all of them, one
 * parameter at a time; no surrogate. All trials are the reference, so what a sampler preferred is not taken for importance. A
 * parameter that only some trials have is judged among those, and counts by their share. Intervals over resampled trials.
 */
export const pedAnova = ({ topShare = 0.1, resamples = 200 }: PedAnovaOptions = {}): Importance => ({
  name: 'ped-anova',
  title: 'PED-ANOVA',
  compute(study, options, random) {
    const judged = judgedTrials(study, options);
    const order = bestFirst(judged);
    const sides = study.space.parameters.flatMap(({ name, distribution }, i): Side[] => {
      const cells = cellsOf(distribution);
      const members = order.filter((trial) => !Number.isNaN(judged.points[trial][i]));
      if (members.length === 0) return [];
      const side = { name, cells, members, cell: members.map((trial) => cells.cellOf(judged.points[trial][i])) };
      return [{ ...side, kernel: kernelOf(cells, bandwidth(judged, i, members, topShare)) }];
    });
    const alike = judged.losses.every((loss) => loss === judged.losses[0]);
    const sharesWith = (drawn: Float64Array) =>
      sharesOf(sides.map((side) => (alike ? 0 : importanceOf(side, drawn, topShare))));
    const shares = sharesWith(new Float64Array(judged.trials.length).fill(1));
    const again = Array.from({ length: resamples }, () => sharesWith(drawnTimes(judged.trials.length, random)));
    const parameters = sides.map(({ name, members }, i): ParameterImportance => {
      const { low, high } = centralInterval(again.map((resample) => resample[i]));
      return {
        name,
        importance: shares[i],
        interval: { low: Math.min(low, shares[i]), high: Math.max(high, shares[i]) },
        active: members.length / judged.trials.length,
      };
    });
    return {
      kind: 'hyperparameter-importance',
      method: 'ped-anova',
      title: 'PED-ANOVA',
      unit: 'share',
      ...basisOf(judged, study.space, null, false),
      parameters: byImportance(parameters),
    };
  },
});

/** One parameter and the trials that have it. */
interface Side {
  readonly name: string;
  readonly cells: Cells;
  readonly kernel: Float64Array;
  /** Places of its trials among the judged ones, best first, and their cells. */
  readonly members: readonly number[];
  readonly cell: readonly number[];
}

/** @param drawn how often each trial counts */
function importanceOf({ cells, kernel, members, cell }: Side, drawn: Float64Array, topShare: number): number {
  const count = members.reduce((sum, trial) => sum + drawn[trial], 0);
  const wanted = bestCount(count, topShare);
  const length = cells.middles.length;
  const counts: CellCounts = {
    all: new Float64Array(length),
    top: new Float64Array(length),
    squares: new Float64Array(length),
  };
  let best = 0;
  for (const [i, trial] of members.entries()) {
    const times = drawn[trial];
    counts.all[cell[i]] += times;
    counts.squares[cell[i]] += times ** 2;
    if (best < wanted) counts.top[cell[i]] += times;
    best += times;
  }
  return (count / drawn.length) * divergence(counts, kernel);
}

const bestCount = (count: number, topShare: number): number => Math.max(fewestBest, Math.ceil(topShare * count));

/** Scott's rule over the best (1992, as Watanabe et al. 2023, appendix A): 1.059 min(deviation, interquartile range / 1.34) n^-1/5. */
function bandwidth({ points }: JudgedTrials, parameter: number, members: readonly number[], topShare: number): number {
  const best = members.slice(0, bestCount(members.length, topShare));
  const at = Float64Array.from(best, (trial) => points[trial][parameter]).sort();
  const mean = at.reduce((sum, value) => sum + value, 0) / at.length;
  const deviation = Math.sqrt(at.reduce((sum, value) => sum + (value - mean) ** 2, 0) / at.length);
  const middle = (quantile(at, 0.75) - quantile(at, 0.25)) / 1.34;
  const spread = middle > 0 ? Math.min(deviation, middle) : deviation;
  return Math.max(narrowest, 1.059 * spread * at.length ** -0.2);
}

/** The best trials may all have one value; a kernel still needs a width. */
const narrowest = 1 / 64;

/** How often each of n trials is drawn in n draws with replacement. */
function drawnTimes(count: number, random: Random): Float64Array {
  const times = new Float64Array(count);
  for (let draw = 0; draw < count; draw++) times[random.integer(count)]++;
  return times;
}
