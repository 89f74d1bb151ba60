import { metricInSentence } from '../metric-in-sentence.ts';
import type { Params, Value } from '../space.ts';
import {
  changeWords,
  countWords,
  intervalWords,
  linesWords,
  numberWords,
  percentIntervalWords,
  percentWords,
  valueWords,
} from './numbers.ts';
import type { Interval } from './result.ts';
import type { SearchBasis } from './search-basis.ts';
import { basisWords } from './search-basis.ts';

export const importanceMethods = ['fanova', 'ped-anova', 'local', 'tunability', 'ablation'] as const;
export type ImportanceMethod = (typeof importanceMethods)[number];

export interface ParameterImportance {
  readonly name: string;
  /** A share from 0 to 1, or a gain in the objective's unit that is better the larger it is; see `unit`. */
  readonly importance: number;
  /** 90 % interval over trees or resamples of the trials. */
  readonly interval: Interval;
  /** Share of the trials in which the parameter exists; it is judged by those. */
  readonly active: number;
}

/** How much each hyperparameter matters for an objective. */
export interface HyperparameterImportance extends SearchBasis {
  readonly kind: 'hyperparameter-importance';
  readonly method: ImportanceMethod;
  /** 'functional ANOVA' */
  readonly title: string;
  /** 'share': of what the method divides up (fanova, ped-anova, local). 'gain': in the objective's unit (tunability, ablation). */
  readonly unit: 'share' | 'gain';
  /** Most important first; every parameter of the space that the trials tell anything of. */
  readonly parameters: readonly ParameterImportance[];
  /** fanova: the strongest pairs, what both do together beyond what each does alone. */
  readonly pairs?: readonly {
    readonly names: readonly [string, string];
    readonly importance: number;
    readonly interval: Interval;
  }[];
  /** local: the trial it is around. tunability: the one that is tuned from. ablation: where the path begins. */
  readonly from?: PredictedTrial;
  /** ablation: where the path ends. */
  readonly to?: PredictedTrial;
  /** ablation: one step for each parameter that differs, in the order taken; `predicted` after the step. */
  readonly path?: readonly AblationStep[];
}

export interface AblationStep {
  readonly name: string;
  /** null: it does not exist before (or after) the step. */
  readonly from: Value | null;
  readonly to: Value | null;
  /** By the surrogate after the step, in the objective's own unit. */
  readonly predicted: number;
  readonly interval: Interval;
}

/** A configuration with what the surrogate says of it, in the objective's own unit. */
export interface PredictedTrial {
  readonly trial: number;
  readonly params: Params;
  readonly predicted: number;
  readonly interval: Interval;
}

/** Importance along the Pareto front of two objectives: of their weighted sum, each scaled to [0, 1] over the trials. */
export interface ImportanceAlongFront {
  readonly kind: 'importance-along-front';
  readonly method: ImportanceMethod;
  readonly objectives: readonly [string, string];
  /** By the weight of the second objective, from 0 (only the first counts) to 1. */
  readonly points: readonly {
    readonly weight: number;
    /** The trial with the best weighted sum. */
    readonly best: number;
    readonly importance: HyperparameterImportance;
  }[];
  /** The Pareto front, by the first objective. */
  readonly front: readonly { readonly trial: number; readonly values: readonly [number, number] }[];
  readonly warnings: readonly string[];
}

/** Parameters and pairs that words name. */
const [namedParameters, namedPairs] = [8, 3];

const lead: Readonly<Record<ImportanceMethod, (objective: string) => string>> = {
  fanova: (objective) =>
    `Share of the differences in ${objective} over the whole space that each hyperparameter explains by itself`,
  'ped-anova': (objective) => `Share of what sets the best tenth of the trials by ${objective} apart from all of them`,
  local: (objective) => `Share of the differences in ${objective} around one configuration`,
  tunability: (objective) =>
    `How much better ${objective} gets where one hyperparameter alone is tuned from the default`,
  ablation: (objective) => `From the default configuration to the best, what each change did to ${objective}`,
};

/** What matters, most important first, with 90 % intervals, the fit and the warnings; one thought a line. */
export function hyperparameterImportanceWords(result: HyperparameterImportance): string {
  const { method, objective, parameters, pairs = [], path, from } = result;
  const amount = result.unit === 'share' ? shareWords : gainWords;
  const shown = parameters.slice(0, namedParameters).map((of) => `${of.name} ${amount(of)}`);
  const strong = pairs.slice(0, namedPairs).filter(({ importance }) => importance >= 0.01);
  const around = method === 'local' && from ? ` (around trial ${from.trial})` : '';
  return linesWords([
    `${lead[method](metricInSentence(objective))}${around}, with 90 % intervals:`,
    shown.length > 0 ? `${shown.join('; ')}.` : 'no hyperparameter could be otherwise.',
    parameters.length > shown.length && `${parameters.length - shown.length} others matter less.`,
    strong.length > 0 &&
      `Together beyond that: ${strong.map((pair) => `${pair.names.join(' and ')} ${shareWords(pair)}`).join('; ')}.`,
    path !== undefined && ablationWords(result),
    basisWords(result),
  ]);
}

const shareWords = ({ importance, interval }: Pick<ParameterImportance, 'importance' | 'interval'>): string =>
  `${percentWords(importance, 0)} (${percentIntervalWords(interval)})`;
const gainWords = ({ importance, interval }: Pick<ParameterImportance, 'importance' | 'interval'>): string =>
  `${changeWords(importance)} (${intervalWords(interval)})`;

function ablationWords({ from, to, path = [] }: HyperparameterImportance): string {
  if (!from || !to) return '';
  if (path.length === 0) return `Trial ${from.trial}, the default, is the best itself.`;
  const steps = path.map(
    (step) => `${step.name} ${valueWords(step.from)} -> ${valueWords(step.to)}: ${numberWords(step.predicted)}`,
  );
  return `Trial ${from.trial} is foretold ${numberWords(from.predicted)}; then ${steps.join('; ')} (trial ${to.trial}).`;
}

/** Which hyperparameter matters most at each end of the front, and whether that changes. */
export function importanceAlongFrontWords({ objectives, points, front, warnings }: ImportanceAlongFront): string {
  const [first, second] = objectives.map(metricInSentence);
  const top = points.map(({ importance }) => importance.parameters[0]?.name ?? 'nothing');
  const changes = points.flatMap(({ weight }, i) =>
    i > 0 && top[i] !== top[i - 1] ? [`${top[i]} from a weight of ${numberWords(weight)}`] : [],
  );
  return linesWords([
    `Where only ${first} counts, ${top[0]} matters most; where only ${second} counts, ${top[top.length - 1]}.`,
    changes.length > 0
      ? `On the way from ${first} to ${second}: ${changes.join('; ')}.`
      : 'It is the same all along the way.',
    `${countWords(front.length, 'trial is', 'trials are')} on the Pareto front of the two.`,
    warnings.join(' '),
  ]);
}
