import type { Value } from '../../shared/space.ts';
import type { Reason, Trial, TrialState } from '../../shared/trial.ts';
import { ended, unreal } from '../search/trial-result.ts';

/** What another program wrote about one trial, numbers as they stand: NaN and infinite ones too. */
export interface TrialFacts {
  readonly state: TrialState;
  readonly params: Readonly<Record<string, unknown>>;
  readonly why: Reason;
  readonly values?: readonly number[];
  readonly constraints?: readonly number[];
  /** [step, value], in any order. */
  readonly intermediate?: readonly (readonly [step: number, value: number])[];
  readonly fidelity?: number;
  readonly continues?: number;
  readonly message?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * The trial as Vitrine keeps it. A complete one with a NaN or infinite value becomes a failed one that says so, as in a study of our own;
 * intermediate values that are no numbers are told in `attributes.diverged`.
 * @param objectives how many; a complete trial with fewer values becomes a failed one
 */
export function importedTrial(number: number, facts: TrialFacts, objectives: number): Trial {
  const { state, values = [], constraints, message } = facts;
  const trial = running(number, facts);
  if (state !== 'complete') return { ...trial, state, ...(message !== undefined && { message }) };
  const missing = values.length < objectives ? { failed: 'It has no value, though it was said to be complete.' } : null;
  const result = { values, ...(constraints && constraints.length > 0 && { constraints }) };
  return ended(trial, missing ?? unreal(result) ?? result);
}

function running(number: number, facts: TrialFacts): Trial {
  const { fidelity, continues, startedAt, endedAt } = facts;
  const steps = (facts.intermediate ?? []).toSorted(([a], [b]) => a - b);
  const lost = steps.find(([, value]) => !Number.isFinite(value));
  return {
    number,
    state: 'running',
    params: Object.fromEntries(Object.entries(facts.params).map(([name, value]) => [name, asValue(value)])),
    why: facts.why,
    intermediate: steps.filter((step) => Number.isFinite(step[1])).map(([step, value]) => ({ step, value })),
    ...(fidelity !== undefined && { fidelity }),
    ...(continues !== undefined && { continues }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    attributes: {
      ...Object.fromEntries(Object.entries(facts.attributes ?? {}).map(([name, value]) => [name, asValue(value)])),
      ...(lost && { diverged: `The value at step ${lost[0]} is ${lost[1]}: the trial has diverged.` }),
    },
  };
}

/** A value of another program as one that a configuration can hold: Python's None as 'None', lists and objects as their JSON. */
export function asValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value === null || value === undefined ? 'None' : JSON.stringify(value);
}

/** Where the other program wrote down no reason. */
export const unknownReason = (program: string): Reason => ({
  sampler: program,
  phase: 'imported',
  words: `${program} did not write down why it tried this configuration.`,
});
