import { commandWords } from '../shared/experiment/command-words.ts';
import { parseConstraint } from '../shared/experiment/constraint.ts';
import type {
  Budget,
  Experiment,
  ExperimentData,
  ExperimentScript,
  Objective,
  SpaceOverride,
} from '../shared/experiment/experiment.ts';
import {
  parseBytes,
  parseDuration,
  parseEnergy,
  parseMass,
  parseMoney,
  parsePrice,
  type Reading,
} from '../shared/experiment/quantity.ts';
import type { ExperimentSettings } from '../shared/experiment/schema.ts';
import { isMetricName, metrics } from '../shared/metrics.ts';
import type { Distribution, Forbidden, Value } from '../shared/space.ts';
import { besideFile, nameOfFile } from './file-path.ts';
import type { WrittenDistribution } from './space-entries.ts';

/** The search time where the file sets no limit of any kind: nothing is unbounded. */
const defaultSeconds = 600;

function amount<T>(parse: (text: string) => Reading<T>, text: string): T {
  const reading = parse(text);
  if (!reading.ok) throw new Error(`A quantity passed the checks unread: ${reading.problem}`);
  return reading.value;
}

const given = <T>(parse: (text: string) => Reading<T>, text: string | undefined): T | undefined =>
  text === undefined ? undefined : amount(parse, text);

function budgetOf({ time, trials, energy, co2, cost }: ExperimentSettings['budget']): Budget {
  const unlimited = [time, trials, energy, co2, cost].every((limit) => limit === undefined);
  return {
    seconds: unlimited ? defaultSeconds : given(parseDuration, time),
    trials,
    wattHours: given(parseEnergy, energy),
    co2Grams: given(parseMass, co2),
    cost: given(parseMoney, cost),
  };
}

function distributionOf(written: Exclude<WrittenDistribution, { value: Value }>): Distribution {
  if ('choice' in written) return { type: 'categorical', choices: written.choice };
  if ('ordinal' in written) return { type: 'ordinal', choices: written.ordinal };
  const type = 'int' in written ? 'int' : 'float';
  const [low, high] = 'int' in written ? written.int : written.float;
  return { type, low, high, ...(written.log && { log: true }), ...(written.step && { step: written.step }) };
}

function overrideOf(parameters: Readonly<Record<string, WrittenDistribution>>): SpaceOverride {
  const fixed: Record<string, Value> = {};
  const searched: Record<string, SpaceOverride['searched'][string]> = {};
  for (const [name, written] of Object.entries(parameters)) {
    if ('value' in written) fixed[name] = written.value;
    else searched[name] = { distribution: distributionOf(written), ...(written.when && { when: written.when }) };
  }
  return { fixed, searched };
}

function dataOf(data: NonNullable<ExperimentSettings['data']>, file: string): ExperimentData {
  const { test, validation } = data.split;
  return {
    path: data.path,
    absolutePath: besideFile(file, data.path),
    target: data.target,
    types: data.types,
    ignore: data.ignore,
    sensitive: data.sensitive,
    ...(data.drop && { drop: data.drop }),
    ...(data.balance && { balance: data.balance }),
    group: data.group,
    time: data.time,
    test:
      typeof test === 'number'
        ? { kind: 'share', share: test }
        : test === 'none'
          ? { kind: 'none' }
          : { kind: 'file', absolutePath: besideFile(file, test) },
    validation: validationOf(validation),
  };
}

function validationOf(
  validation: NonNullable<ExperimentSettings['data']>['split']['validation'],
): ExperimentData['validation'] {
  if (validation === 'auto') return { kind: 'auto' };
  return 'folds' in validation
    ? { kind: 'folds', folds: validation.folds }
    : { kind: 'holdout', share: validation.holdout };
}

function scriptOf(script: NonNullable<ExperimentSettings['script']>, file: string): ExperimentScript {
  const { command, cwd, space, defaults, metric, direction, resource, pruning, grace } = script;
  const usual = isMetricName(metric) ? metrics[metric].direction : 'minimize';
  return {
    command: typeof command === 'string' ? amount(commandWords, command) : command,
    cwd: besideFile(file, cwd),
    space: overrideOf(space),
    ...(defaults && { defaults }),
    objective: { metric, direction: direction ?? usual },
    ...(resource && { resource }),
    pruning,
    graceSeconds: amount(parseDuration, grace),
  };
}

const objectiveOf = (written: NonNullable<ExperimentSettings['objectives']>[number]): Objective => {
  const { metric, direction = undefined } = typeof written === 'string' ? { metric: written } : written;
  return { metric, direction: direction ?? metrics[metric].direction };
};

const conditionsOf = (written: ExperimentSettings['forbidden'][number]): Forbidden =>
  Object.entries(written).map(([parameter, values]) => ({
    parameter,
    oneOf: Array.isArray(values) ? values : [values],
  }));

const searchOf = ({ timeout, memory, ...search }: ExperimentSettings['search']): Experiment['search'] => ({
  ...search,
  timeoutSeconds: given(parseDuration, timeout),
  memoryBytes: given(parseBytes, memory),
});

function mitigationOf({ mitigation, constraints, task }: ExperimentSettings): Experiment['mitigation'] {
  const chosen = typeof mitigation === 'string' ? [mitigation] : mitigation;
  const bounded = constraints.some((text) => amount(parseConstraint, text).fairness !== undefined);
  const searched = chosen.includes('auto') && bounded && task !== 'regression';
  return {
    reweight: chosen.includes('reweight') ? 'always' : searched ? 'searched' : 'never',
    thresholds: chosen.includes('thresholds'),
  };
}

/** Fills in everything that needs no data. The settings have passed every check. */
export const resolve = (settings: ExperimentSettings, file: string): Experiment => ({
  file,
  name: settings.name ?? nameOfFile(file),
  data: settings.data ? dataOf(settings.data, file) : null,
  script: settings.script ? scriptOf(settings.script, file) : null,
  task: settings.task,
  learners: settings.learners === 'auto' ? undefined : [...new Set(settings.learners)],
  space: Object.fromEntries(Object.entries(settings.space).map(([learner, space]) => [learner, overrideOf(space)])),
  nas: settings.nas,
  objectives: settings.objectives?.map(objectiveOf) ?? [],
  constraints: settings.constraints.map((text) => amount(parseConstraint, text)),
  mitigation: mitigationOf(settings),
  forbidden: settings.forbidden.map(conditionsOf),
  search: searchOf(settings.search),
  budget: budgetOf(settings.budget),
  explain: settings.explain,
  ensemble: settings.ensemble,
  ...(settings.about && { about: settings.about }),
  robustness: settings.robustness,
  energy: {
    region: settings.energy.region,
    pue: settings.energy.pue,
    price: amount(parsePrice, settings.energy.price),
  },
});
