import type { Direction } from '../../../shared/metrics.ts';
import type { Parameter, Space, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { listedValues } from '../../space/distribution.ts';
import { spaceSize } from '../../space/enumeration.ts';
import { firstAtLeast } from '../../statistics/first-at-least.ts';
import { nonDominatedRanks } from '../pareto.ts';
import { losses, toMinimize, violation } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';

/** How a subspace was chosen. */
export interface BranchChoice {
  readonly name: string;
  readonly value: Value;
  /** Its trials so far, and all trials that had the choice. */
  readonly pulls: number;
  readonly of: number;
  /** Share of the finished trials that its best is not worse than, 0 to 1; undefined while none of its own has finished. */
  readonly standing: number | undefined;
  /** Whether another subspace has a better best. */
  readonly explores: boolean;
}

/** What a subspace has given so far. */
interface Arm {
  pulls: number;
  /** Its pulls, or where time ends the search the time of its pulls, counted in mean pulls of all arms. */
  spent: number;
  /** The least loss after each pull that finished. */
  readonly bests: number[];
}

/** Weight alpha of the bonus for arms with few pulls. */
const curiosity = 2;
/** A pull counts at least and at most this much: suggesting it took its time too, and one dear look is not enough to judge an arm by. */
const [leastPull, mostPull] = [0.2, 5];
/** Pulls over which the slope of an arm's best is taken (Li et al. 2020, section 3.2), and how many more it is believed to go on. */
const slopePulls = 7;
const pullsAhead = 20;

/** Whether a parameter chooses between subspaces: two of its values at least open parameters, as a CASH space's learner does. */
export function isBranch({ name, distribution }: Parameter, space: Space): boolean {
  const values = listedValues(distribution) ?? [];
  const conditions = space.parameters.flatMap(({ when = [] }) => when.filter(({ parameter }) => parameter === name));
  const open = values.filter((value) => conditions.some(({ oneOf }) => oneOf.includes(value)));
  return open.length > 1 && conditions.some(({ oneOf }) => oneOf.length < values.length);
}

/**
 * Chooses one of a parameter's subspaces as an arm of a bandit that is after the best single reward, not the best mean: the highest
 * max reward + (alpha log t / pulls)^2 (Balef et al. 2025, MaxUCB). A density of the good trials would stay with the first learner that
 * does well; here one that looks poor is tried again, ever more rarely. An arm is tuned as it is pulled, so its best is taken to fall as
 * it did last (Li et al. 2020, rising bandits). The reward is the share of trials that are not better, so that the unit and the spread
 * of the objective do not matter. Failed and running trials are pulls without a reward. Where time ends the search, arms are compared by
 * the time they were given and not by the number of trials, as FLAML does (Wang et al. 2021, section 4.2): one dear pull counts as many.
 * @param trials those that had the choice, none of them waiting
 */
export function chooseBranch(
  study: StudyView,
  parameter: Parameter,
  trials: readonly Trial[],
  random: Random,
): BranchChoice {
  const { name, distribution } = parameter;
  const values = listedValues(distribution) ?? [];
  const given = lossesOf(trials, study.directions);
  const finished = given.filter((loss) => !Number.isNaN(loss)).sort();
  const arms = armsOf(
    values,
    trials.map(({ params }) => params[name]),
    given,
    study.expected.timed ? relativeSeconds(trials) : undefined,
  );
  const standing = (loss: number | undefined) =>
    loss === undefined ? undefined : 1 - firstAtLeast(finished, loss) / finished.length;
  const standings = arms.map(({ bests }) => standing(bests.at(-1)));
  const index = arms.map(({ pulls, spent, bests }) => {
    const bonus = ((curiosity * Math.log(trials.length)) / spent) ** 2;
    return pulls === 0 ? Number.POSITIVE_INFINITY : (standing(bestToCome(bests, pulls / spent)) ?? 0) + bonus;
  });
  const isOpen = (i: number): boolean => {
    const size = spaceSize(study.space, { [name]: values[i] });
    if (size === 0 || arms[i].pulls < size) return size > 0;
    return !study.tried(trials.find(({ params }) => params[name] === values[i])?.params ?? {});
  };
  const order = [...random.permutation(values.length)].sort((a, b) => index[b] - index[a] || 0);
  const taken = order.find(isOpen) ?? order[0];
  return {
    name,
    value: values[taken],
    pulls: arms[taken].pulls,
    of: trials.length,
    standing: standings[taken],
    explores: standings.some((standing = 0) => standing > (standings[taken] ?? 0)),
  };
}

/** 'Chose learner mlp: its best is not worse than 40 % of 30 trials, and only 3 were its own.' */
export function branchWords({ name, value, pulls, of, standing, explores }: BranchChoice): string {
  if (pulls === 0) return `Chose ${name} ${value}: none of ${of} trials had it.`;
  if (standing === undefined)
    return `Chose ${name} ${value}: none of its ${pulls} of ${of} trials has given a value yet.`;
  if (!explores) return `Chose ${name} ${value}: it has the best of ${of} trials, ${pulls} of them its own.`;
  const share = Math.round(100 * standing);
  return `Chose ${name} ${value}: its best is not worse than ${share} % of ${of} trials, and only ${pulls} were its own.`;
}

function armsOf(
  values: readonly Value[],
  chosen: readonly Value[],
  losses: Float64Array,
  costs?: readonly number[],
): Arm[] {
  const arms = values.map((): Arm => ({ pulls: 0, spent: 0, bests: [] }));
  const armOf = new Map(values.map((value, i) => [value, arms[i]]));
  for (let i = 0; i < chosen.length; i++) {
    const arm = armOf.get(chosen[i]);
    if (!arm) continue;
    arm.pulls++;
    arm.spent += Math.min(mostPull, Math.max(leastPull, costs?.[i] ?? 1));
    if (!Number.isNaN(losses[i])) arm.bests.push(Math.min(losses[i], arm.bests.at(-1) ?? Number.POSITIVE_INFINITY));
  }
  return arms;
}

/** What each trial took, against the mean of those that ended; 1 for those that run, and where nobody wrote it down. */
function relativeSeconds(trials: readonly Trial[]): number[] {
  const taken = trials.map(({ startedAt, endedAt }) =>
    startedAt === undefined || endedAt === undefined ? undefined : endedAt - startedAt,
  );
  const known = taken.filter((milliseconds) => milliseconds !== undefined);
  const mean = known.reduce((sum, milliseconds) => sum + milliseconds, 0) / known.length;
  return taken.map((milliseconds) => (milliseconds === undefined || !(mean > 0) ? 1 : milliseconds / mean));
}

/**
 * An arm's best after more pulls, if it falls on as it fell over the last few; undefined before there is one.
 * @param pace pulls of this arm in the time of a mean one
 */
function bestToCome(bests: readonly number[], pace: number): number | undefined {
  const now = bests.at(-1);
  if (now === undefined || bests.length < 2) return now;
  const span = Math.min(slopePulls, bests.length - 1);
  const slope = (bests[bests.length - 1 - span] - now) / span;
  return Number.isFinite(slope) ? now - slope * pullsAhead * pace : now;
}

/**
 * Each trial's loss, or its front where there are several objectives. Infinity for pruned and infeasible trials, which are worse than all
 * others and equal to one another; NaN for failed and running ones.
 */
function lossesOf(trials: readonly Trial[], directions: readonly Direction[]): Float64Array {
  const all = Float64Array.from(trials, (trial) => {
    if (trial.state !== 'complete') return trial.state === 'pruned' ? Number.POSITIVE_INFINITY : Number.NaN;
    return violation(trial) > 0 ? Number.POSITIVE_INFINITY : toMinimize(trial.values?.[0] ?? 0, directions[0]);
  });
  if (directions.length === 1) return all;
  const feasible = [...all.keys()].filter((i) => Number.isFinite(all[i]));
  const ranks = nonDominatedRanks(feasible.map((i) => losses(trials[i], directions)));
  for (const [k, i] of feasible.entries()) all[i] = ranks[k];
  return all;
}
