import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Experiment } from '../../../shared/experiment/experiment.ts';
import { type Metrics, metricInfo, toldMetrics } from '../../../shared/metrics.ts';
import { type FinalModel, finalTitles } from '../../../shared/results/final-models.ts';
import { numberWords, percentIntervalWords } from '../../../shared/results/numbers.ts';
import {
  candidateOf,
  isEnsemble,
  type ModelDetail,
  type StudyEnergy,
  type StudySnapshot,
} from '../../../shared/results/study.ts';
import type { Verdict } from '../../../shared/results/verdict.ts';
import type { ModelFacts } from '../../../shared/trial.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';

/** All that is known of a model when its documents are written. */
export interface Dossier {
  readonly detail: ModelDetail;
  readonly snapshot: StudySnapshot;
  readonly data: DatasetInfo;
  readonly experiment: Experiment;
  /** What the person says of model and data. */
  readonly about: NonNullable<Experiment['about']>;
  readonly energy: StudyEnergy;
  /** Of the data, the search and this model. */
  readonly verdicts: readonly Verdict[];
  readonly version: string;
  readonly madeAt: string;
}

/** A file of the folder; its path has forward slashes. */
export interface WrittenDocument {
  readonly path: string;
  readonly text: string;
}

/** 'ensemble of 4 models', 'boosting, trial 12' */
export const modelName = (detail: ModelDetail): string =>
  isEnsemble(detail)
    ? `ensemble of ${detail.members.length === 1 ? '1 model' : `${detail.members.length} models`}`
    : `${detail.trial.learner}, trial ${detail.trial.number}`;

export const modelFacts = (detail: ModelDetail): ModelFacts | undefined =>
  isEnsemble(detail) ? detail.ensemble.facts : detail.trial.model;

/** What the search ended with that this model is, one for each title it has. */
export const finalsOf = ({ detail, snapshot }: Dossier): readonly FinalModel[] => {
  const about = candidateOf(detail);
  return (snapshot.finals?.models ?? []).filter((one) =>
    about === 'ensemble' ? one.role === about : one.trial === about,
  );
};

/** 'the best readable model of the search', or that it is none of the final ones. */
export function roleWords(dossier: Dossier): string {
  const titles = finalsOf(dossier).map(({ role }) => finalTitles[role].toLowerCase());
  if (titles.length > 0) return `the ${titles.join(' and the ')} of the search`;
  return isEnsemble(dossier.detail) || dossier.detail.isBest
    ? 'the best of the search'
    : 'one trial of the search, none of its final models';
}

/** How the command names it. */
export const asked = ({ detail }: Dossier): string => String(candidateOf(detail));

/** The experiment file as commands take it. */
export const fileName = ({ experiment }: Dossier): string => experiment.file.split(/[\\/]/).at(-1) ?? experiment.file;

export interface Score {
  readonly metric: string;
  readonly title: string;
  readonly validation: string;
  /** '0.31 to 0.42', of folds; empty where there is one. */
  readonly folds: string;
  /** With the exact interval of a share of rows; empty where it was not scored there. */
  readonly test: string;
}

/** The objectives first, then the familiar ones. */
export function scoresOf(dossier: Dossier): readonly Score[] {
  const { detail } = dossier;
  const own: { metrics: Metrics; testMetrics?: Metrics } = isEnsemble(detail) ? detail.ensemble : detail.trial;
  const test = finalsOf(dossier)[0]?.testMetrics ?? own.testMetrics;
  const folds = isEnsemble(detail) ? [] : detail.trial.foldMetrics;
  const names = toldMetrics(
    detail.objectives.map(({ metric }) => metric),
    { ...test, ...own.metrics },
  );
  return names.map((metric) => ({
    metric,
    title: metricInfo(metric).title,
    validation: numberWords(own.metrics[metric], 4),
    folds: rangeOf(folds.flatMap((fold) => fold[metric] ?? [])),
    test: testWords(metric, test?.[metric], testRows(dossier)),
  }));
}

const rangeOf = (values: readonly number[]): string =>
  values.length > 1 ? `${numberWords(Math.min(...values), 4)} to ${numberWords(Math.max(...values), 4)}` : '';

/** Of the two, only a share of right rows has an exact interval without a look at the rows. */
function testWords(metric: string, value: number | undefined, rows: number): string {
  if (value === undefined) return '';
  const words = numberWords(value, 4);
  if (metric !== 'accuracy' || rows < 1) return words;
  return `${words} (${percentIntervalWords(clopperPearson(Math.round(value * rows), rows), 1)})`;
}

/** 0 where there are none, or their number was not kept. */
export const testRows = ({ snapshot }: Dossier): number => snapshot.findings?.rows.test ?? 0;

export const verdictsAbout = ({ verdicts }: Dossier, about: Verdict['about']): readonly Verdict[] =>
  verdicts.filter((one) => one.about === about);
