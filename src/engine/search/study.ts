import { UserError } from '../../shared/faults.ts';
import type { Direction } from '../../shared/metrics.ts';
import type { Params, Space, Value } from '../../shared/space.ts';
import type { Reason, Trial } from '../../shared/trial.ts';
import { createRandom, type Random } from '../random.ts';
import { isForbidden } from '../space/conditions.ts';
import { checkPartial, configurationKey, containsConfiguration } from '../space/configuration.ts';
import { describeSpace, type ForbiddenDescription, type SpaceDescription } from '../space/description.ts';
import { spaceSize } from '../space/enumeration.ts';
import { checkSpace } from '../space/validation.ts';
import { type Journal, noJournal, type TrialChange } from './journal.ts';
import { type ObjectiveFunction, type OptimizeOptions, optimize, type Stopped } from './optimize.ts';
import type { Pruner } from './pruner.ts';
import { type PrunerName, resolvePruner } from './pruners/registry.ts';
import { frontTrials, isBetter } from './ranking.ts';
import type { Sampler, Suggestion } from './sampler.ts';
import { resolveSampler, type SamplerName } from './samplers/registry.ts';
import { checkResource, checkStudyOptions, directionsOf, withoutResource } from './study-options.ts';
import type { Expected, Resource, StudyView } from './study-view.ts';
import { fillIn, suggest } from './suggest.ts';
import { ended, resultOf, type Told, unreal } from './trial-result.ts';
import { WaitingList } from './waiting-list.ts';

export interface StudyOptions {
  readonly space: Space | SpaceDescription;
  /** Combinations that must not be tried, where `space` is a description: `{ optimizer: 'sgd', layers: [4, 5] }`. */
  readonly forbidden?: readonly ForbiddenDescription[];
  /** The direction of a single objective; default: 'minimize'. */
  readonly direction?: Direction;
  /** Of several objectives, one each; the first ranks. */
  readonly directions?: readonly Direction[];
  /** Default: 'auto'. */
  readonly sampler?: SamplerName | Sampler;
  /** Default: 'none'. */
  readonly pruner?: PrunerName | Pruner;
  /** Default: 1. */
  readonly seed?: number;
  /** Default: none, the study lives in memory. */
  readonly journal?: Journal;
  /** Recorded trials to go on from, in order of their numbers. */
  readonly trials?: readonly Trial[];
  /** Whether a configuration may be suggested twice; default: 'avoid'. */
  readonly duplicates?: 'avoid' | 'allow';
  /** What trials may be given less of than all; needed by samplers that share it out. */
  readonly resource?: Resource;
  /** What `auto` should know. */
  readonly expected?: Expected;
  /** Milliseconds since 1970; default: Date.now. */
  readonly clock?: () => number;
}

/**
 * A search that is asked for configurations and told what they gave. Every change of a trial goes to the journal before it counts.
 * Trial n draws from a stream of its own, forked from the seed by n: the same seed and the same answers in the same order give the
 * same trials, interrupted and resumed or not.
 */
export class Study implements StudyView {
  readonly space: Space;
  readonly directions: readonly Direction[];
  readonly seed: number;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly resource?: Resource;
  readonly expected: Expected;
  /** Which sampler and pruner are in use and why, in words. */
  readonly words: string;
  readonly #journal: Journal;
  readonly #clock: () => number;
  readonly #avoidsDuplicates: boolean;
  readonly #size: number;
  readonly #trials: Trial[] = [];
  readonly #keys = new Set<string>();
  readonly #waiting = new WaitingList();
  #triedInside = 0;
  #best: Trial | undefined;
  #stopped: string | undefined;

  /**
   * Throws the UserErrors of `checkSpace`; `study-options` where an option has another name or value than those there are;
   * `study-directions` without an objective, with another direction, or with `direction` beside `directions`;
   * `study-resource` where it contradicts itself or the sampler needs one; `study-trials` where recorded trials have gaps.
   */
  constructor(options: StudyOptions) {
    checkStudyOptions(options);
    const { space, seed = 1, trials = [], expected = {} } = options;
    this.space = isSpace(space)
      ? checkSpace(space.parameters, space.forbidden)
      : describeSpace(space, options.forbidden);
    const directions = directionsOf(options);
    this.directions = directions;
    this.seed = seed;
    this.resource = options.resource && checkResource(options.resource);
    this.expected = expected;
    const setting = { space: this.space, directions, resource: this.resource, ...expected };
    const sampler = resolveSampler(options.sampler ?? 'auto', setting);
    if (sampler.sampler.sharesResource && !this.resource) throw withoutResource(sampler.sampler.name);
    const pruner = resolvePruner(options.pruner ?? 'none', setting);
    this.sampler = sampler.sampler;
    this.pruner = pruner.pruner;
    this.words = `${sampler.words} ${pruner.words}`;
    this.#journal = options.journal ?? noJournal;
    this.#clock = options.clock ?? Date.now;
    this.#avoidsDuplicates = (options.duplicates ?? 'avoid') === 'avoid';
    this.#size = spaceSize(this.space);
    for (const trial of trials) this.#recall(trial);
  }

  get trials(): readonly Trial[] {
    return this.#trials;
  }

  /** The feasible complete trial with the best first value, the earliest of equals, at the highest fidelity that any has. */
  get best(): Trial | undefined {
    return this.#best;
  }

  /** The feasible complete trials that no other beats on every objective. */
  get paretoFront(): Trial[] {
    return frontTrials(this.#trials, this.directions);
  }

  /** Numbers of recorded trials whose configuration is not in the space as it is now; kept, but no sampler learns from them. */
  get outside(): number[] {
    return this.#trials
      .filter((trial) => trial.state !== 'waiting' && !containsConfiguration(this.space, trial.params))
      .map((trial) => trial.number);
  }

  /** Why nothing new can be asked for, in words; undefined while something can. */
  get exhausted(): string | undefined {
    if (!this.#avoidsDuplicates || this.#waiting.first !== undefined) return undefined;
    if (this.#triedInside < this.#size) return this.sampler.exhausted?.(this);
    return this.#size === 1
      ? 'The only configuration of the space has been tried.'
      : `All ${this.#size} configurations of the space have been tried.`;
  }

  /** Why the study is over, as `stop` was told; undefined while it is not. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  tried(params: Params, fidelity?: number): boolean {
    if (isForbidden(this.space, params)) return true;
    return this.#avoidsDuplicates && this.#keys.has(this.#keyOf(params, fidelity));
  }

  /** Starts the next trial: the first waiting one, else a new suggestion. Throws a UserError `study-exhausted`; ask `exhausted` first. */
  ask(): Trial {
    this.#checkOpen();
    const waiting = this.#waiting.first === undefined ? undefined : this.#trials[this.#waiting.first];
    if (!waiting && this.exhausted) {
      throw new UserError('study-exhausted', this.exhausted, { advice: 'Widen the space, or allow duplicates.' });
    }
    const number = waiting?.number ?? this.#trials.length;
    const random = createRandom(this.seed).fork(`trial ${number}`);
    const suggestion = waiting ? this.#filled(waiting, random) : suggest(this.sampler, this, number, random);
    // What is not said to get less gets all: it must rank beside those that were raised to all of it.
    const { params, why, fidelity = this.resource?.max, continues } = suggestion;
    const attributes = { ...waiting?.attributes, ...suggestion.attributes };
    const started = {
      number,
      state: 'running',
      params,
      why,
      intermediate: [],
      startedAt: this.#clock(),
      attributes,
    } as const;
    return this.#put(
      { ...started, ...(fidelity !== undefined && { fidelity }), ...(continues !== undefined && { continues }) },
      'started',
    );
  }

  /**
   * Records an intermediate value of a running trial and asks the pruner. Steps must rise. A value that is NaN or infinite is kept
   * only in words (`attributes.diverged`) and ends the trial unless the pruner is 'none'.
   * Throws UserErrors `trial-unknown`, `trial-not-running`, `trial-step`.
   */
  report(trialOrNumber: Trial | number, step: number, value: number): 'continue' | { prune: string } {
    const trial = this.#running(trialOrNumber);
    const { number } = trial;
    const last = trial.intermediate.at(-1)?.step ?? Number.NEGATIVE_INFINITY;
    if (!(Number.isFinite(step) && step > last)) {
      throw new UserError('trial-step', `steps of a trial must rise; got ${step} after ${last} in trial ${number}.`);
    }
    if (!Number.isFinite(value)) {
      const diverged = `The value at step ${step} is ${value}: the trial has diverged.`;
      this.#put({ ...trial, attributes: { ...trial.attributes, diverged } }, 'annotated');
      return this.pruner.stopsDiverged ? { prune: diverged } : 'continue';
    }
    const grown = this.#put({ ...trial, intermediate: [...trial.intermediate, { step, value }] }, 'reported');
    // What everything else is compared with runs to its end.
    const stopped = trial.why.phase === 'default' ? undefined : this.pruner.shouldPrune(this, grown);
    if (!stopped) return 'continue';
    this.#put({ ...grown, stopped }, 'annotated');
    return { prune: stopped.words };
  }

  /**
   * Ends a running trial with its value, its values (one an objective), or how else it ended. Values that are NaN or infinite make it a failed one that says so: no ranking could use them.
   * Throws UserErrors `study-stopped`, `trial-unknown`, `trial-not-running`, `trial-values` (not one value an objective, or no result at all).
   */
  tell(trialOrNumber: Trial | number, told: Told): Trial {
    const trial = this.#running(trialOrNumber);
    const { number } = trial;
    const result = resultOf(told);
    if ('values' in result && result.values.length !== this.directions.length) {
      const got = `${result.values.length} for ${this.directions.length} objective(s)`;
      throw new UserError('trial-values', `a trial needs one value an objective; got ${got} in trial ${number}.`);
    }
    const over = this.#put({ ...ended(trial, unreal(result) ?? result), endedAt: this.#clock() }, 'ended');
    this.sampler.after?.(this, over);
    return over;
  }

  /**
   * Puts a configuration in front of the sampler's own; parameters left out are sampled when it is asked for.
   * Returns the waiting trial. Throws the UserErrors of `checkPartial`.
   * @param more how much of the resource it gets, default: all; the trial it continues; further facts
   */
  enqueue(
    params: Params,
    why: string | Reason,
    more: Partial<Pick<Trial, 'fidelity' | 'continues' | 'attributes'>> = {},
  ): Trial {
    checkPartial(this.space, params);
    const reason: Reason = typeof why === 'string' ? { sampler: 'enqueued', words: why, phase: 'enqueued' } : why;
    const number = this.#trials.length;
    const waiting = {
      number,
      state: 'waiting',
      params,
      why: reason,
      intermediate: [],
      attributes: {},
      ...more,
    } as const;
    return this.#put(waiting, 'enqueued');
  }

  /** Gives a running trial back, to be asked for again with the same configuration: its worker or engine went away. */
  requeue(number: number, words: string): Trial {
    const { startedAt: _startedAt, stopped: _stopped, ...trial } = this.#running(number);
    const restarts = Number(trial.attributes.restarts ?? 0) + 1;
    const again = { ...trial.attributes, restarts, requeued: words };
    return this.#put({ ...trial, state: 'waiting', intermediate: [], attributes: again }, 'requeued');
  }

  /** Ends the study: what runs is given back, and nothing more can be asked for or told (`study-stopped`). A resumed study goes on. */
  stop(words = 'The study was stopped.'): void {
    for (const { number, state } of this.#trials) if (state === 'running') this.requeue(number, words);
    this.#stopped = words;
  }

  /** Lets go of the study's store, for another process to go on with; what was told is kept, what runs will be tried again. */
  close(): void {
    this.#stopped ??= 'The study was closed.';
    this.#journal.close?.();
  }

  /** Adds facts to a trial in any state. Throws a UserError `trial-unknown`. */
  annotate(number: number, attributes: Readonly<Record<string, Value>>): Trial {
    const trial = this.#known(number);
    return this.#put({ ...trial, attributes: { ...trial.attributes, ...attributes } }, 'annotated');
  }

  /** Asks, runs and tells, `workers` trials side by side. */
  optimize(objective: ObjectiveFunction, options: OptimizeOptions = {}): Promise<Stopped> {
    return optimize(this, objective, options);
  }

  /** A waiting trial with values for the active parameters that it was enqueued without. */
  #filled({ number, params, why, fidelity, continues }: Trial, random: Random): Suggestion {
    if (containsConfiguration(this.space, params)) return { params, why, fidelity, continues };
    return { params: fillIn(this.sampler, this, number, params, random), why };
  }

  #keyOf(params: Params, fidelity?: number): string {
    const key = configurationKey(params);
    return fidelity === undefined || fidelity === this.resource?.max ? key : `${key} at ${fidelity}`;
  }

  #checkOpen(): void {
    if (this.#stopped === undefined) return;
    throw new UserError('study-stopped', `the study is over: ${this.#stopped}`, {
      advice: 'Make a new study of its trials to go on.',
    });
  }

  #put(trial: Trial, change: TrialChange): Trial {
    this.#journal.record(trial, change);
    const before = this.#trials[trial.number];
    this.#trials[trial.number] = trial;
    this.#rank(trial);
    if (trial.state !== before?.state || trial.params !== before.params) this.#remember(trial);
    return trial;
  }

  #rank(trial: Trial): void {
    if (trial.number === this.#best?.number || isBetter(trial, this.#best, this.directions)) this.#best = trial;
  }

  #remember({ number, state, params, fidelity }: Trial): void {
    if (state === 'waiting') this.#waiting.add(number);
    else this.#waiting.delete(number);
    const key = this.#keyOf(params, fidelity);
    if (this.#keys.has(key) || !containsConfiguration(this.space, params)) return;
    this.#keys.add(key);
    if (fidelity === undefined || fidelity === this.resource?.max) this.#triedInside++;
  }

  #recall(trial: Trial): void {
    if (trial.number !== this.#trials.length) {
      const got = `number ${trial.number} in place ${this.#trials.length}`;
      throw new UserError('study-trials', `recorded trials must be numbered from 0 without gaps; got ${got}.`);
    }
    const whole = this.resource && trial.fidelity === undefined ? { ...trial, fidelity: this.resource.max } : trial;
    this.#trials.push(whole);
    this.#rank(whole);
    this.#remember(whole);
  }

  #known(number: number): Trial {
    const trial = this.#trials[number];
    if (trial) return trial;
    if (!Number.isInteger(number)) {
      throw new UserError('trial-unknown', `a trial, or its number, is needed; got ${String(number)}.`);
    }
    throw new UserError('trial-unknown', `there is no trial ${number}; the study has ${this.#trials.length}.`);
  }

  #running(trialOrNumber: Trial | number): Trial {
    this.#checkOpen();
    const number = typeof trialOrNumber === 'object' ? trialOrNumber?.number : trialOrNumber;
    const trial = this.#known(number);
    if (trial.state === 'running') return trial;
    const advice = trial.state === 'waiting' ? "Call 'ask' first." : 'A trial is told once.';
    throw new UserError('trial-not-running', `trial ${number} is not running; it is ${trial.state}.`, { advice });
  }
}

/** A search over a space; see `StudyOptions`. */
export const createStudy = (options: StudyOptions): Study => new Study(options);

const isSpace = (space: Space | SpaceDescription): space is Space => Array.isArray(space.parameters);
