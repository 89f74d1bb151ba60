import { candidateWords } from '../candidate.ts';
import { metricInSentence } from '../metric-in-sentence.ts';
import { toldMetrics } from '../metrics.ts';
import { awesomeResultsWords } from './awesome-results.ts';
import { dataFindingsWords } from './data-findings.ts';
import { energyReportWords } from './energy.ts';
import { type Explanation, rowOf, type Technique } from './explanation.ts';
import { fairnessFrontWords } from './fairness-front.ts';
import { finalModelsWords } from './final-models.ts';
import { countWords, linesWords, listWords, notMeasured, numberWords } from './numbers.ts';
import type { Paragraph } from './paragraph.ts';
import { robustnessWords } from './robustness.ts';
import { searchReportWords } from './search-record.ts';
import { candidateOf, type ModelDetail, type StudyReport, type StudySnapshot, type TrialDetail } from './study.ts';
import { aboutWords, type Verdict, verdictGroups, verdictLine, verdictTally } from './verdict.ts';
import { resultWords } from './words.ts';

/** The report in a few paragraphs: what was asked, what was done, what came out, how it is fooled, why the search went this way, what it cost. */
export function studySummaryWords({ snapshot, energy, trials, search, verdicts }: StudyReport): readonly Paragraph[] {
  const best = trials.find(({ isBest }) => isBest);
  const { finals, findings, awesome } = snapshot;
  return [
    { title: 'Question', words: questionWords(snapshot) },
    { title: 'Search', words: searchWords(snapshot) },
    ...(finals ? [{ title: 'What the search ends with', words: finalModelsWords(finals) }] : []),
    ...(snapshot.fairness
      ? [{ title: 'What treating groups alike costs', words: linesWords(snapshot.fairness.map(fairnessFrontWords)) }]
      : []),
    ...(best ? bestParagraphs(best) : [{ title: 'Best', words: withoutBest(snapshot) }]),
    ...(awesome ? [{ title: 'Too good?', words: awesomeResultsWords(awesome) }] : []),
    ...(verdicts.length > 0 ? [{ title: 'Checks', words: checksWords(verdicts) }] : []),
    ...(findings ? [{ title: 'Data checks', words: dataFindingsWords(findings) }] : []),
    ...(search ? searchReportWords(search) : []),
    { title: 'Cost', words: energy.total ? energyReportWords(energy.total) : `Energy, CO2e and cost: ${notMeasured}.` },
  ];
}

/** The whole report in words, for a reader without drawings: after the summary each explanation of each model, and each check. */
export const studyReportWords = (report: StudyReport): readonly Paragraph[] => [
  ...studySummaryWords(report),
  ...(report.ensemble ? explanationParagraphs(report.ensemble) : []),
  ...report.trials.flatMap(explanationParagraphs),
  ...report.leftOut.map(({ about, title, words }) => ({ title: `${title} (${candidateWords(about)})`, words })),
  ...verdictGroups(report.verdicts).map(({ about, verdicts }) => ({
    title: `Checks of ${aboutWords(about)}`,
    words: verdicts.map(verdictLine).join('\n'),
  })),
];

function explanationParagraphs(detail: ModelDetail): readonly Paragraph[] {
  const whose = candidateWords(candidateOf(detail));
  return detail.explanations.map((one) => ({
    title: `${titleOf(one, detail.techniques)} (${whose})`,
    words: resultWords(one),
  }));
}

/** '1 failed and 20 passed.', then what failed. */
const checksWords = (verdicts: readonly Verdict[]): string =>
  linesWords([
    `${verdictTally(verdicts)}.`,
    ...verdicts
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ about, title, words }) => `Failed, ${aboutWords(about)}: ${title}. ${words}`),
  ]);

const withoutBest = ({ leaderboard }: StudySnapshot): string =>
  leaderboard.length > 0 ? 'No trial keeps every constraint, so none is the best.' : 'No trial has a value yet.';

function questionWords({ name, data, run, message }: StudySnapshot): string {
  if (run === 'imported') return message;
  if (!data) return `${name}: the data could not be read.`;
  const features = data.columns.filter(({ role }) => role === 'feature').length;
  const aim = data.task === 'regression' ? 'a number' : `one of ${data.classes?.length ?? 2} classes`;
  return `${name} predicts ${data.target}, ${aim}, from ${countWords(features, 'column')} and ${countWords(data.rowCount, 'row')} of ${data.path}.`;
}

function titleOf(one: Explanation, techniques: readonly Technique[]): string {
  const title = techniques.find(({ kind }) => kind === one.kind)?.title ?? one.kind;
  const row = rowOf(one);
  return row === undefined ? title : `${title}: row ${row}`;
}

function searchWords({ counts, message, objectives, run, search }: StudySnapshot): string {
  const states = (['complete', 'pruned', 'failed'] as const).filter((state) => counts[state] > 0);
  const tried = states.map((state) => `${numberWords(counts[state])} ${state}`);
  const aims = objectives.map(({ metric, direction }) => `${direction} ${metricInSentence(metric)}`);
  return `The search was to ${listWords(aims)}; trials: ${tried.length > 0 ? listWords(tried) : 'none'}. ${run === 'imported' ? search : message}`;
}

function bestParagraphs(best: TrialDetail): readonly Paragraph[] {
  const { explanations, robustness, hasModel } = best;
  if (!hasModel) return [{ title: 'Best', words: bestWords(best) }];
  return [
    { title: 'Best', words: bestWords(best) },
    ...(explanations.length > 0 ? [] : [{ title: 'Explanation', words: 'Not explained.' }]),
    { title: 'How it can be fooled', words: robustness ? robustnessWords(robustness) : 'Not attacked.' },
  ];
}

/** Told under cost, or in the leaderboard with their units. */
const costs: ReadonlySet<string> = new Set(['energy', 'co2', 'cost', 'fit_time', 'latency', 'model_size']);

function bestWords({ trial, objectives, hasModel }: TrialDetail): string {
  const named = (name: string, value: number | undefined) => `${metricInSentence(name)} ${numberWords(value, 4)}`;
  const scores = objectives.map(({ metric }, at) => named(metric, trial.values?.[at]));
  const tests = toldMetrics(
    objectives.map(({ metric }) => metric),
    trial.testMetrics ?? {},
  ).filter((name) => !costs.has(name));
  const tested = tests.map((name) => named(name, trial.testMetrics?.[name]));
  const onTest = tested.length > 0 ? ` On the test part, which the search never saw: ${listWords(tested)}.` : '';
  return `Trial ${trial.number}, ${trial.learner}: ${listWords(scores)}${hasModel ? ' on validation' : ''}.${onTest}`;
}
