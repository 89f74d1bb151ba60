import { countWords } from '../../../shared/results/numbers.ts';
import type { Reason, TrialState } from '../../../shared/trial.ts';
import { type AskedParameter, outsideNotes, spanningSpace } from '../imported-space.ts';
import { isNumber, isObject, type JsonObject, parsePythonJson } from '../python-json.ts';
import { damaged, type ImportedStudy } from '../study-importer.ts';
import { importedTrial, unknownReason } from '../trial-facts.ts';
import { optunaDistribution, optunaValue } from './optuna-distribution.ts';

/** One trial as both of Optuna's storages hold it. */
export interface OptunaTrial {
  state: TrialState;
  /** In the order in which they were suggested; `distribution` is Optuna's JSON as text. */
  readonly params: Map<string, { readonly internal: number; readonly distribution: string }>;
  values: readonly number[];
  readonly intermediate: Map<number, number>;
  readonly userAttributes: Record<string, unknown>;
  readonly systemAttributes: Record<string, unknown>;
  startedAt?: number;
  endedAt?: number;
}

export interface OptunaStudy {
  readonly name: string;
  /** One an objective; Optuna minimises where none was set. */
  readonly directions: readonly ('minimize' | 'maximize')[];
  readonly userAttributes: Record<string, unknown>;
  readonly systemAttributes: Record<string, unknown>;
  readonly trials: readonly OptunaTrial[];
}

/** Throws a UserError `import-damaged` where a parameter's distribution cannot be read. */
export function importedOptunaStudy(study: OptunaStudy, file: string): ImportedStudy {
  const { name, directions } = study;
  const asked = study.trials.map((trial, number) => askedOf(trial, number, file));
  const trials = study.trials.map((trial, number) =>
    importedTrial(
      number,
      {
        state: trial.state,
        params: Object.fromEntries(asked[number].map(({ name, value }) => [name, value])),
        why: reasonOf(trial),
        values: trial.state === 'complete' ? trial.values : undefined,
        constraints: constraintsOf(trial.systemAttributes),
        intermediate: [...trial.intermediate],
        startedAt: trial.startedAt,
        endedAt: trial.endedAt,
        attributes: trial.userAttributes,
        ...(trial.state === 'failed' && { message: failureOf(trial) }),
        ...(trial.state === 'pruned' && { message: 'Stopped by the pruner of Optuna, which did not write down why.' }),
      },
      directions.length,
    ),
  );
  const space = spanningSpace(trials, asked);
  const names = metricNames(study);
  return {
    name,
    space,
    objectives: directions.map((direction, index) => ({ metric: names[index], direction })),
    trials,
    search: 'Chosen by Optuna; its storage does not say by which sampler.',
    notes: [...attributeNotes(study.userAttributes), ...changedRanges(asked), ...outsideNotes(space, trials)],
  };
}

type Asked = AskedParameter & { readonly value: unknown };

function askedOf({ params }: OptunaTrial, number: number, file: string): Asked[] {
  return [...params].map(([name, { internal, distribution: text }]) => {
    const json = parsePythonJson(text, file);
    const distribution = optunaDistribution(json);
    const value = optunaValue(json, internal);
    if (distribution && value !== undefined) return { name, distribution, value };
    throw damaged(
      file,
      `the distribution of parameter "${name}" in trial ${number} cannot be read: ${text.slice(0, 100)}.`,
    );
  });
}

function reasonOf({ systemAttributes }: OptunaTrial): Reason {
  if (!isObject(systemAttributes.fixed_params)) return unknownReason('Optuna');
  const fixed = Object.keys(systemAttributes.fixed_params);
  return { sampler: 'enqueued', phase: 'enqueued', words: `A person asked for it: ${fixed.join(', ')} were given.` };
}

/** Feasible when <= 0: one list until version 4, one attribute a constraint from version 5 on (optuna/study/_constrained_optimization.py); version 2 under the sampler's name. */
function constraintsOf(attributes: JsonObject): number[] | undefined {
  const old = [attributes.constraints, attributes['nsga2:constraints']].find(Array.isArray) ?? [];
  const named = Object.entries(attributes).filter(([key]) => key.startsWith('constraints:'));
  const constraints = [...old, ...named.map(([, value]) => value)].filter(isNumber);
  return constraints.length > 0 ? constraints : undefined;
}

const failureOf = ({ systemAttributes }: OptunaTrial): string =>
  typeof systemAttributes.fail_reason === 'string'
    ? systemAttributes.fail_reason
    : 'Optuna did not write down why it failed.';

/** As the study named them (`study.set_metric_names`), else 'value', or 'value 1', 'value 2'. */
function metricNames({ systemAttributes, directions }: OptunaStudy): string[] {
  const given = systemAttributes['study:metric_names'];
  if (Array.isArray(given) && given.length === directions.length) return given.map(String);
  return directions.length === 1 ? ['value'] : directions.map((_, index) => `value ${index + 1}`);
}

const attributeNotes = (attributes: JsonObject): string[] =>
  Object.entries(attributes).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );

/** Optuna allows another range in every trial. */
function changedRanges(asked: readonly (readonly Asked[])[]): string[] {
  const first = new Map<string, string>();
  const changed = new Set<string>();
  for (const { name, distribution } of asked.flat()) {
    const text = JSON.stringify(distribution);
    if (first.has(name) && first.get(name) !== text) changed.add(name);
    first.set(name, first.get(name) ?? text);
  }
  if (changed.size === 0) return [];
  return [
    `The range of ${countWords(changed.size, 'parameter')} (${[...changed].join(', ')}) changed during the search; the space here holds all of it.`,
  ];
}
