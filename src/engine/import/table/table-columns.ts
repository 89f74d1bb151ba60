import type { TrialState } from '../../../shared/trial.ts';

/** What the columns of a table of trials are for, by their places in the table. */
export interface TableColumns {
  readonly number?: number;
  readonly state?: number;
  readonly message?: number;
  readonly start?: number;
  readonly end?: number;
  readonly fidelity?: number;
  /** JSON: [[step, value], ...] */
  readonly intermediate?: number;
  /** [place, name of the parameter] */
  readonly params: readonly (readonly [place: number, name: string])[];
  readonly attributes: readonly (readonly [place: number, name: string])[];
  readonly constraints: readonly number[];
  /** Columns that may be what was searched for: [place, name]; `areTold` where their prefix says that they all are. */
  readonly candidates: readonly (readonly [place: number, name: string])[];
  readonly areTold: boolean;
}

const roles = {
  number: /^(number|trial|trial_?id|id|iteration|index|_?step)$/i,
  state: /^(state|status)$/i,
  message: /^(message|error_message|remark)$/i,
  start: /^(datetime_start|started?(_?at)?|start_?time)$/i,
  end: /^(datetime_complete|ended?(_?at)?|end_?time|finished(_?at)?)$/i,
  fidelity: /^(fidelity|budget)$/i,
  intermediate: /^intermediate$/i,
} as const;

/** What only describes a trial: durations, learners of our own tables, reasons. */
const described = /^(duration|seconds|learner|why|sampler|phase|timestamp|date|pid|hostname|node_ip|done)$/i;

/** Prefixes by which Optuna's data frames, Ray's, Weights & Biases' and our own tables mark parameters. */
const paramPrefix = /^(?:params?[._/]|config[./]|hp[._/])/;
/** Our own tables mark values. */
const valuePrefix = /^values\./;
const attributePrefix = /^(?:user_attrs?_|attributes?\.)/;
const systemPrefix = /^system_attrs?_/;
const constraintPrefix = /^constraints?[._]\d+$/;

/**
 * Reads the columns by their names: those with a parameter's prefix are the parameters; in a table without any, all that are neither numbers of
 * trials, states nor times may be. `isNumeric` tells whether every cell of a column is a number or empty.
 */
export function tableColumns(names: readonly string[], isNumeric: (place: number) => boolean): TableColumns {
  const taken = new Map<number, keyof typeof roles>();
  for (const [role, pattern] of Object.entries(roles) as [keyof typeof roles, RegExp][]) {
    const place = names.findIndex((name, i) => pattern.test(name) && !taken.has(i));
    if (place >= 0) taken.set(place, role);
  }
  const placeOf = Object.fromEntries([...taken].map(([place, role]) => [role, place]));
  const named = (pattern: RegExp) =>
    names.flatMap((name, i) => (pattern.test(name) ? [[i, name.replace(pattern, '')] as const] : []));
  const prefixed = named(paramPrefix);
  const told = named(valuePrefix);
  const isOther = (name: string, i: number) =>
    !taken.has(i) &&
    ![described, attributePrefix, systemPrefix, constraintPrefix, paramPrefix, valuePrefix].some((pattern) =>
      pattern.test(name),
    );
  const others = names.flatMap((name, i) => (isOther(name, i) ? [i] : []));
  return {
    ...placeOf,
    params: prefixed.length > 0 ? prefixed : others.map((i) => [i, names[i]] as const),
    attributes: named(attributePrefix),
    constraints: names.flatMap((name, i) => (constraintPrefix.test(name) ? [i] : [])),
    candidates: told.length > 0 ? told : others.filter(isNumeric).map((i) => [i, names[i]] as const),
    areTold: told.length > 0,
  };
}

const states: readonly (readonly [RegExp, TrialState])[] = [
  [/^(complete|completed|finished|success|succeeded|terminated|done|ok)$/i, 'complete'],
  [/^(pruned|stopped|early.?stopped|killed)$/i, 'pruned'],
  [/^(fail|failed|error|crashed|crash|timeout)$/i, 'failed'],
  [/^(running)$/i, 'running'],
  [/^(waiting|pending|queued)$/i, 'waiting'],
];

/** A state in another's words; Optuna's `TrialState.COMPLETE` too. Undefined where it is none that is known. */
export const stateWord = (word: string): TrialState | undefined =>
  states.find(([pattern]) => pattern.test(word.replace(/^TrialState\./, '').trim()))?.[1];
