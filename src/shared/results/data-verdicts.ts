import { type DataFinding, type DataFindings, type Evidence, findingWords, type Severity } from './data-findings.ts';
import type { Verdict, VerdictFigure, VerdictOutcome } from './verdict.ts';

/** A data check by its name and title, whether it was made or not. */
export interface NamedCheck {
  readonly name: string;
  readonly title: string;
  /** What it asks, a question in words. */
  readonly asks: string;
}

const outcomes: Readonly<Record<Severity, VerdictOutcome>> = {
  error: 'failed',
  warning: 'to look at',
  note: 'to look at',
};

/** A line for every data check, those that found nothing and those that were not made too. @param file as the commands name it */
export const dataVerdicts = (
  checks: readonly NamedCheck[],
  findings: DataFindings | undefined,
  file: string,
): readonly Verdict[] => checks.map((check) => ({ ...verdictOf(check, findings), ...placeOf(check, file) }));

const placeOf = ({ name, title }: NamedCheck, file: string) => ({
  about: 'data' as const,
  check: name,
  title,
  where: `vitrine check ${file} --data --only ${name}`,
});

type Judgement = Pick<Verdict, 'outcome' | 'words' | 'figure'>;

function verdictOf({ name }: NamedCheck, findings: DataFindings | undefined): Judgement {
  if (!findings) return { outcome: 'not checked', words: 'The data of this study were not checked.' };
  const found = findings.findings.filter(({ check }) => check === name);
  const done = findings.done.find(({ check }) => check === name);
  if (found.length > 0) return foundVerdict(found, done?.figure);
  if (done)
    return { outcome: 'passed', words: sentence(done.sampled ?? ''), ...(done.figure && { figure: done.figure }) };
  const skipped = findings.skipped.find(({ check }) => check === name);
  return { outcome: 'not checked', words: sentence(skipped?.why ?? 'it is newer than this study.') };
}

/** By the worst of them, which stands first. */
function foundVerdict(found: readonly DataFinding[], figure: VerdictFigure | undefined): Judgement {
  const [worst] = found;
  const more = found.length > 1 ? ` And ${found.length - 1} more like it.` : '';
  const told = toldFigure(worst.evidence, figure);
  return {
    outcome: worst.severity === 'note' && keepsBound(told) ? 'passed' : outcomes[worst.severity],
    words: findingWords(worst) + more,
    figure: told,
  };
}

/** The evidence, unless the check's own figure tells it better: of several columns how many there are. */
function toldFigure(evidence: Evidence, figure: VerdictFigure | undefined): VerdictFigure {
  const isSame = figure?.bound.value === evidence.threshold;
  return figure && !isSame && !keepsBound(figure) ? figure : figureOf(evidence, figure?.bound.is);
}

const keepsBound = ({ value, bound }: VerdictFigure): boolean =>
  bound.is === 'at most' ? value <= bound.value : value >= bound.value;

/** What was found lies beyond the threshold, which tells on which side sound data are. */
const figureOf = (
  { measure, value, threshold, interval }: Evidence,
  is: VerdictFigure['bound']['is'] = value < threshold ? 'at least' : 'at most',
): VerdictFigure => ({ measure, value, bound: { is, value: threshold }, ...(interval && { interval }) });

const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
