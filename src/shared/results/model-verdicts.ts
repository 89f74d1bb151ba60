import type { Candidate } from '../candidate.ts';
import { metricInSentence } from '../metric-in-sentence.ts';
import { type Metrics, metricInfo } from '../metrics.ts';
import { ofAllRows } from './cohort-results.ts';
import { type Explanation, rowOf, type Technique } from './explanation.ts';
import { type Judge, judges } from './explanation-verdicts.ts';
import type { FinalModel, KeptPromise } from './final-models.ts';
import { numberWords, percentWords } from './numbers.ts';
import { type RobustnessReport, robustnessWords } from './robustness.ts';
import { candidateOf, isEnsemble, type ModelDetail, type StudySnapshot } from './study.ts';
import { type Verdict, type VerdictOutcome, verdictOutcomes } from './verdict.ts';

type Line = Omit<Verdict, 'about'>;

/** A line for every figure of a model that has a threshold, those that were not measured too. @param file as the commands name it */
export function modelVerdicts(detail: ModelDetail, snapshot: StudySnapshot, file: string): readonly Verdict[] {
  const about = candidateOf(detail);
  const final = snapshot.finals?.models.find((one) =>
    about === 'ensemble' ? one.role === about : one.trial === about,
  );
  const place = (command: string) => `vitrine ${command} ${file} --trial ${about}`;
  const lines: readonly Line[] = [
    scoreVerdict(detail, final, file),
    constraintVerdict(about, snapshot, file),
    ...promiseVerdicts(final, file),
    ...(detail.hasModel
      ? [...explanationVerdicts(detail, place), robustnessVerdict(detail.robustness, place('attack'))]
      : []),
  ];
  return lines.map((line) => ({ about, ...line }));
}

/** Deepchecks' bound (reference table): a score that is so much worse on new rows was too good before. */
const mostDrop = 0.1;

function scoreVerdict(detail: ModelDetail, final: FinalModel | undefined, file: string): Line {
  const { metric, direction } = detail.objectives[0];
  const own: { metrics: Metrics; testMetrics?: Metrics } = isEnsemble(detail) ? detail.ensemble : detail.trial;
  const before = own.metrics[metric];
  const after = (final?.testMetrics ?? own.testMetrics)?.[metric];
  const name = metricInSentence(metric);
  const line = { check: 'final-score', title: 'The score holds on the test part', where: `vitrine trials ${file}` };
  if (after === undefined || before === undefined)
    return {
      ...line,
      outcome: 'not checked',
      words: 'It was not scored on a test part: only the models that a search ends with are.',
    };
  const worse = (direction === 'minimize' ? after - before : before - after) / Math.max(Math.abs(before), 1e-12);
  return {
    ...line,
    outcome: worse <= mostDrop ? 'passed' : 'to look at',
    words: `${metricInfo(metric).title} ${numberWords(after, 4)} on the test part, ${numberWords(before, 4)} on validation.`,
    figure: { measure: `share by which the ${name} is worse`, value: worse, bound: { is: 'at most', value: mostDrop } },
  };
}

function constraintVerdict(about: Candidate, { leaderboard }: StudySnapshot, file: string): Line {
  const line = { check: 'constraints', title: 'Constraints are kept', where: `vitrine trials ${file}` };
  const row = leaderboard.find(({ trial }) => trial === about);
  if (!row)
    return { ...line, outcome: 'not checked', words: 'Constraints are held against single trials of the leaderboard.' };
  return row.broken.length > 0
    ? { ...line, outcome: 'failed', words: `It breaks ${row.broken.join('; ')}.` }
    : { ...line, outcome: 'passed', words: 'It keeps every constraint of the experiment file.' };
}

const promiseVerdicts = (final: FinalModel | undefined, file: string): readonly Line[] =>
  (final?.kept ?? []).map((promise) => promiseVerdict(promise, file));

function promiseVerdict({ promised, coverage, interval, rows }: KeptPromise, file: string): Line {
  const held = interval.high >= promised;
  return {
    check: `coverage-${numberWords(promised)}`,
    title: `Sets or intervals hold the truth in ${percentWords(promised)}`,
    where: `vitrine predict ${file} DATA --coverage ${promised}`,
    outcome: held ? 'passed' : 'failed',
    words: `${percentWords(coverage)} of ${numberWords(rows)} test rows were held.`,
    figure: {
      measure: 'upper end of the coverage',
      value: interval.high,
      bound: { is: 'at least', value: promised },
      interval,
    },
  };
}

type AnyJudge = Judge & { judge(result: Explanation): ReturnType<Judge['judge']> };

function explanationVerdicts({ explanations, techniques }: ModelDetail, place: (command: string) => string): Line[] {
  return Object.entries(judges).flatMap(([kind, judge]) => {
    const technique = techniques.find((one) => one.kind === kind);
    const made = ofAllRows(explanations).filter((one) => one.kind === kind);
    const where = `${place('explain')} --kind ${kind}`;
    if (made.length === 0) return [{ check: kind, title: judge.title, where, ...notMade(technique) }];
    return worstOf(made.flatMap((one) => lineOf(judge as AnyJudge, one, where)));
  });
}

const notMade = (technique: Technique | undefined): Pick<Line, 'outcome' | 'words'> => ({
  outcome: 'not checked',
  words: technique?.unsuited === undefined ? 'It was not made.' : capitalised(technique.unsuited),
});

const capitalised = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

function lineOf(judge: AnyJudge, one: Explanation, where: string): Line[] {
  const row = rowOf(one);
  return judge.judge(one).map(({ of, words, ...rest }) => ({
    check: of === undefined ? one.kind : `${one.kind} ${of}`,
    title: of === undefined ? judge.title : `${judge.title}: ${of}`,
    words: one.partial === undefined ? words : `${words} ${one.partial}`,
    where: row === undefined ? where : `${where} --row ${row}`,
    ...rest,
  }));
}

/** Of lines of the same check, about several rows or with several options, the one that asks for something first. */
const worstOf = (lines: readonly Line[]): Line[] =>
  [...Map.groupBy(lines, ({ check }) => check).values()].map(
    (same) => same.toSorted((a, b) => rank(a.outcome) - rank(b.outcome))[0],
  );

/** What is known of one row stands before what another one did not tell. */
const rank = (outcome: VerdictOutcome): number =>
  outcome === 'not checked' ? verdictOutcomes.length : verdictOutcomes.indexOf(outcome);

/** Edits of a quarter of an interquartile range: as the `robustness` metric. */
const smallEdit = 0.25;

function robustnessVerdict(report: RobustnessReport | null, where: string): Line {
  const line = { check: 'robustness', title: 'Robust against small edits', where };
  if (!report) return { ...line, outcome: 'not checked', words: 'It was not attacked.' };
  if (report.attacks.length === 0) return { ...line, outcome: 'not checked', words: robustnessWords(report) };
  const points = report.curve.filter(({ epsilon }) => epsilon > 0 && epsilon <= smallEdit);
  const point = points.at(-1) ?? report.curve[report.curve.length - 1];
  const floor = report.tolerance === undefined ? report.majorityBaseline : 0.5;
  const holds = point.robustAccuracy >= floor;
  const rival = report.tolerance === undefined ? 'by always saying the most frequent class' : 'at least';
  const flagged = report.flags.length > 0 ? ` Unreliable: ${report.flags.join(' ')}` : '';
  return {
    ...line,
    outcome: holds && report.flags.length === 0 ? 'passed' : 'to look at',
    words: `When each number may move by ${numberWords(point.epsilon)} interquartile ranges, at most ${percentWords(point.robustAccuracy)} of the rows still hold, against ${percentWords(floor)} ${rival}.${flagged}`,
    figure: {
      measure: 'robust accuracy',
      value: point.robustAccuracy,
      bound: { is: 'at least', value: floor },
      interval: point.interval,
    },
  };
}
