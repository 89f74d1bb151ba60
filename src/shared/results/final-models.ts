import type { Objective } from '../experiment/experiment.ts';
import { criterionTitles, type FairnessMeasure } from '../experiment/fairness-measure.ts';
import { metricInSentence } from '../metric-in-sentence.ts';
import type { Metrics } from '../metrics.ts';
import type { ModelFacts } from '../trial.ts';
import { lawWords } from './fairness.ts';
import {
  countWords,
  intervalWords,
  linesWords,
  listWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from './numbers.ts';
import type { Interval } from './result.ts';
import { type TrialFairness, trialFairnessWords } from './trial-fairness.ts';

/** What a search offers at its end. 'ensemble': several models weighed; 'readable': one that a person can follow whole. */
export const finalRoles = ['ensemble', 'single', 'readable'] as const;
export type FinalRole = (typeof finalRoles)[number];

export const finalTitles: Readonly<Record<FinalRole, string>> = {
  ensemble: 'Ensemble',
  single: 'Best single model',
  readable: 'Best readable model',
};

export interface FinalModel {
  readonly role: FinalRole;
  /** null for the ensemble. */
  readonly trial: number | null;
  readonly learner: string;
  /** What it was fitted on: all rows, or one model a fold, averaged. */
  readonly fitted: 'all rows' | 'folds';
  /** On rows that the models were not fitted on, mean over the folds. An ensemble's are a little flattered: its weights were chosen there. */
  readonly metrics: Metrics;
  /** Scored once, after everything was chosen. */
  readonly testMetrics?: Metrics;
  readonly facts: ModelFacts;
  /** What an ensemble is made of, the heaviest first; weights sum to 1. */
  readonly members?: readonly EnsembleMember[];
  /** How members become one: by a weighted mean, or a second layer of stacking. */
  readonly combination?: 'mean' | 'stack';
  /** How its probabilities were corrected, in a few words; absent where that did not help. */
  readonly calibration?: string;
  /** Where the objective is a metric of labels. */
  readonly decision?: DecisionGain;
  /** A threshold for each group, where the experiment asks for them. */
  readonly groupDecision?: GroupDecisionCost;
  /** How alike it treats groups, one a constraint that bounds it: out of fold, and on the test part. */
  readonly fairness?: readonly TrialFairness[];
  readonly testFairness?: readonly TrialFairness[];
  /** How sets of classes, or intervals, held what they promise on the test part, a level each. */
  readonly kept?: readonly KeptPromise[];
}

/** What deciding otherwise than by the most probable class gains, on rows that the decision was not tuned on. */
export interface DecisionGain {
  readonly metric: string;
  /** False where it gains nothing and is left out. */
  readonly kept: boolean;
  readonly untuned: number | null;
  readonly tuned: number | null;
  /** Of two classes: rows are given this one from this probability of it on. */
  readonly threshold?: { readonly label: string; readonly from: number };
}

/** What a threshold for each group does, out of fold, by thresholds that other folds say. */
export interface GroupDecisionCost extends FairnessMeasure {
  readonly limit: number;
  /** The class that is given from a threshold on. */
  readonly positive: string;
  /** null: nobody is given it. */
  readonly thresholds: readonly { readonly group: string; readonly from: number | null }[];
  /** Accuracy by one threshold for all and by these, and the 95 % interval of what they change, row by row. */
  readonly accuracy: { readonly one: number; readonly each: number; readonly change: Interval };
  readonly balancedAccuracy: { readonly one: number; readonly each: number };
  /** How far the groups lie apart by the criterion. */
  readonly difference: { readonly one: number; readonly each: number; readonly interval: Interval | null };
}

/** Of some rows the share whose truth was held. */
export interface HeldShare {
  readonly rows: number;
  readonly coverage: number;
  /** Exact 95 % interval of the coverage. */
  readonly interval: Interval;
}

/** A promise to hold the truth in a share of the rows, and what came of it. */
export interface KeptPromise extends HeldShare {
  /** 0.9 */
  readonly promised: number;
  /** Mean number of classes in a set, or width of an interval in the target's unit; null: without bound. */
  readonly meanSize: number | null;
  /** Between which the widths of the central nine tenths of all intervals lie. */
  readonly sizes?: Interval;
  /** Each quarter of the rows, from the narrowest intervals to the widest; absent where all are equally wide. */
  readonly quarters?: readonly HeldShare[];
}

export interface EnsembleMember {
  readonly trial: number;
  readonly learner: string;
  readonly weight: number;
}

/** The models that a search ends with, and what readability costs. */
export interface FinalModels {
  readonly kind: 'final-models';
  readonly version: 1;
  /** What they are compared by. */
  readonly objective: Objective;
  readonly models: readonly FinalModel[];
  /** What could not be made, and why. */
  readonly notes: readonly string[];
}

export const finalModel = (finals: FinalModels | null, role: FinalRole): FinalModel | undefined =>
  finals?.models.find((model) => model.role === role);

/** A final model under every title that it has. */
export interface FinalLine {
  readonly title: string;
  readonly roles: readonly FinalRole[];
  readonly model: FinalModel;
}

/** A line a model: the best single one may be the best readable one as well. */
export const finalLines = ({ models }: FinalModels): FinalLine[] =>
  [...Map.groupBy(models, ({ role, trial }) => trial ?? role).values()].map((same) => {
    const roles = same.map(({ role }) => role);
    const title = roles.length > 1 ? 'Best single and best readable model' : finalTitles[roles[0]];
    return { title, roles, model: same[0] };
  });

/** What two final models are compared by, on the test part before validation; undefined where one lacks it. */
function compared(metric: string, a: FinalModel, b: FinalModel) {
  const both = (where: string, of: (model: FinalModel) => Metrics | undefined) => ({
    where,
    own: of(a)?.[metric],
    other: of(b)?.[metric],
  });
  const places = [
    both('on the test part', (model) => model.testMetrics),
    both('on validation', (model) => model.metrics),
  ];
  for (const { where, own, other } of places)
    if (own !== undefined && other !== undefined) return { where, own, other };
  return undefined;
}

/** 'Readability costs 0.012 of log loss (4.1 %) against the ensemble, on the test part.'; undefined where nothing readable is left or nothing is measured. */
export function readabilityWords(finals: FinalModels): string | undefined {
  const readable = finalModel(finals, 'readable');
  const best = finalModel(finals, 'ensemble') ?? finalModel(finals, 'single');
  if (!readable || !best) return undefined;
  if (readable.trial === best.trial) return 'Readability costs nothing: the best model can itself be read.';
  const { metric, direction } = finals.objective;
  const values = compared(metric, readable, best);
  if (!values) return undefined;
  const { where, own, other } = values;
  const name = metricInSentence(metric);
  const rival = finalTitles[best.role].toLowerCase();
  const worse = direction === 'minimize' ? own - other : other - own;
  if (worse <= 0)
    return `Readability costs nothing: the readable model is no worse in ${name} than the ${rival}, ${where}.`;
  // Of next to nothing any loss is many times as much.
  const share = worse > mostShare * Math.abs(other) ? '' : ` (${percentWords(worse / Math.abs(other))})`;
  return `Readability costs ${numberWords(worse, 2)} of ${name}${share} against the ${rival}, ${where}.`;
}

const mostShare = 2;

/** 'Ensemble of 4 models: log loss 0.281.' and so on, a line each. */
export const finalModelsWords = (finals: FinalModels): string =>
  linesWords([
    ...finalLines(finals).map((line) => `${finalWords(line, finals.objective.metric)}.`),
    readabilityWords(finals) ?? false,
    promiseWords(finals) ?? false,
    calibrationWords(finals) ?? false,
    decisionWords(finals) ?? false,
    ...groupDecisionWords(finals),
    ...finalFairnessWords(finals),
    ...finals.notes,
  ]);

/** "The ensemble's probabilities are corrected by temperature 1.31."; undefined where no correction helped. */
export function calibrationWords(finals: FinalModels): string | undefined {
  const model = finals.models.find(({ calibration }) => calibration !== undefined);
  if (!model?.calibration) return undefined;
  const how = model.calibration.startsWith('temperature') ? model.calibration : `${model.calibration} calibration`;
  return `The ${finalTitles[model.role].toLowerCase()}'s probabilities are corrected by ${how}.`;
}

/** 'Labels are decided for F1 (macro), not by the most probable class alone: ...', where the objective is a metric of labels. */
export function decisionWords({ models }: FinalModels): string | undefined {
  const decided = models.filter(({ decision }) => decision !== undefined);
  if (decided.length === 0) return undefined;
  const name = metricInSentence(decided[0].decision!.metric);
  const kept = decided.filter(({ decision }) => decision!.kept);
  if (kept.length === 0)
    return `Labels are the most probable class; deciding otherwise gained nothing in ${name} on rows that it was not tuned on.`;
  const gains = kept.map(({ role, decision }) => {
    const { untuned, tuned, threshold } = decision!;
    const how = threshold ? ` (${thresholdWords(threshold)})` : '';
    return `${numberWords(tuned)} in place of ${numberWords(untuned)} for the ${finalTitles[role].toLowerCase()}${how}`;
  });
  return `Labels are decided for ${name}, not by the most probable class alone: ${listWords(gains)}, on rows that it was not tuned on.`;
}

/** One sentence or more a final model that decides by group. */
export function groupDecisionWords({ models }: FinalModels): string[] {
  const each = distinct(models).flatMap(({ role, groupDecision }) => {
    if (!groupDecision) return [];
    const { column, criterion, limit, positive, thresholds, accuracy, difference } = groupDecision;
    const told = thresholds.map(
      ({ group, from }) => `${group} ${from === null ? 'never' : `above ${numberWords(from)}`}`,
    );
    const points = (value: number) => numberWords(100 * value, 2);
    return [
      `The ${finalTitles[role].toLowerCase()} gives "${positive}" by a threshold for each group of ${column}: ${listWords(told)}. Out of fold that takes the ${criterionTitles[criterion]} from ${numberWords(difference.one)} to ${numberWords(difference.each)}${difference.interval ? ` (${intervalWords(difference.interval)})` : ''}, the bound being ${numberWords(limit)}, and accuracy from ${percentWords(accuracy.one)} to ${percentWords(accuracy.each)} (a change of ${points(accuracy.change.low)} to ${points(accuracy.change.high)} points).`,
    ];
  });
  return each.length > 0 ? [...each, lawWords] : [];
}

/** How alike the final models treat groups on the test part, where a constraint asks for it. */
export const finalFairnessWords = ({ models }: FinalModels): string[] =>
  distinct(models).flatMap(({ role, testFairness = [] }) =>
    testFairness.map((one) => `${finalTitles[role]}, on the test part: ${lowerFirst(trialFairnessWords(one))}`),
  );

/** A model under two titles is told once. */
const distinct = (models: readonly FinalModel[]): FinalModel[] =>
  [...Map.groupBy(models, ({ role, trial }) => trial ?? role).values()].map(([first]) => first);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** '"yes" from 0.31 on' */
export const thresholdWords = ({ label, from }: NonNullable<DecisionGain['threshold']>): string =>
  `"${label}" from ${numberWords(from)} on`;

const shownPromise = 0.9;

/**
 * 'Sets of classes that promise to hold the truth in 90 % of rows held it in 91.2 % (88 to 94 %), 1.3 classes on average.'
 * 'Intervals ..., 131,200 wide on average, from 40,100 to 350,000: 93 % in the quarter of rows with the narrowest, 87 % with the widest.'
 */
export function promiseWords(finals: FinalModels): string | undefined {
  const model = promising(finals);
  const promise = model?.kept?.find(({ promised }) => promised === shownPromise);
  if (!promise) return undefined;
  const { promised, coverage, interval, meanSize, sizes, quarters } = promise;
  const ofClasses = model?.testMetrics?.log_loss !== undefined;
  const what = ofClasses ? 'Sets of classes' : 'Intervals';
  const each = ofClasses ? countWords(meanSize ?? 0, 'class', 'classes') : `${numberWords(meanSize)} wide`;
  const bounded = sizes && !quarters ? `all ${each}` : `${each} on average${quartersWords(sizes, quarters)}`;
  const size = meanSize === null ? 'some without bound' : bounded;
  return `${what} that promise to hold the truth in ${percentWords(promised)} of rows held it in ${percentWords(coverage)} of the test part (${percentIntervalWords(interval)}), ${size}.`;
}

/** ', from 40,100 to 350,000: 93 % in the quarter of rows with the narrowest, 87 % with the widest' */
function quartersWords(sizes: Interval | undefined, quarters: readonly HeldShare[] | undefined): string {
  if (!sizes || !quarters) return '';
  const [narrowest, widest] = [quarters[0], quarters[quarters.length - 1]].map(({ coverage }) =>
    percentWords(coverage, 0),
  );
  const range = `from ${numberWords(sizes.low)} to ${numberWords(sizes.high)}`;
  return `, ${range}: ${narrowest} in the quarter of rows with the narrowest, ${widest} with the widest`;
}

/** 'Promised and held: 80 % and 82.1 %, 90 % and 91.2 %.'; nothing where nothing is promised. */
export function keptWords(finals: FinalModels): string {
  const kept = promising(finals)?.kept ?? [];
  const levels = kept.map(({ promised, coverage }) => `${percentWords(promised)} and ${percentWords(coverage)}`);
  return levels.length > 0 ? `Promised and held: ${levels.join(', ')}.` : '';
}

const promising = (finals: FinalModels): FinalModel | undefined =>
  finalModel(finals, 'ensemble') ?? finalModel(finals, 'single');

function finalWords({ title, model }: FinalLine, metric: string): string {
  const { members, metrics, testMetrics } = model;
  const value = testMetrics?.[metric];
  const test = value === undefined ? '' : `, on the test part ${numberWords(value, 4)}`;
  const parts = members ? `; ${membersWords(members)}` : '';
  return `${title} ${whatWords(model)}: ${metricInSentence(metric)} ${numberWords(metrics[metric], 4)}${test}${parts}`;
}

/** 'of 4 models' or '(boosting, trial 12)' */
function whatWords({ role, trial, learner, fitted, members = [] }: FinalModel): string {
  if (role === 'ensemble') return `of ${countWords(members.length, 'model')}`;
  return `(${learner}, trial ${trial}${fitted === 'folds' ? ", the mean of its folds' models" : ''})`;
}

const toldMembers = 4;

/** 'boosting 0.44, mlp 0.3 and 2 more'; a trial is named where its learner is not enough. */
function membersWords(members: readonly EnsembleMember[]): string {
  const told = members.slice(0, members.length > toldMembers + 1 ? toldMembers : members.length);
  if (members.length === 1)
    return `${members[0].learner} (trial ${members[0].trial}) alone, the mean of its folds' models`;
  const several = (name: string) => told.filter(({ learner }) => learner === name).length > 1;
  const each = told.map(({ learner, trial, weight }) => {
    const which = several(learner) ? `${learner} (trial ${trial})` : learner;
    return `${which} ${numberWords(weight, 2)}`;
  });
  const more = members.length - told.length;
  return listWords(more > 0 ? [...each, `${more} more`] : each);
}
