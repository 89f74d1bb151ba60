import { awesomeScoreWords, nearPerfect } from './awesome-results.ts';
import { dataVerdicts, type NamedCheck } from './data-verdicts.ts';
import { modelVerdicts } from './model-verdicts.ts';
import type { ModelDetail, StudySnapshot } from './study.ts';
import type { Verdict } from './verdict.ts';

/**
 * A line for every check of the data and every figure of these models that has a threshold: those that passed, those that ask for
 * something, and those that could not be made. @param checks all data checks there are
 */
export function studyVerdicts(
  snapshot: StudySnapshot,
  models: readonly ModelDetail[],
  checks: readonly NamedCheck[],
): readonly Verdict[] {
  const file = snapshot.file.split(/[\\/]/).at(-1) ?? snapshot.file;
  return [
    ...(snapshot.data ? dataVerdicts(checks, snapshot.findings, file) : []),
    ...(snapshot.data && models.some(({ hasModel }) => hasModel) ? [tooGood(snapshot, file)] : []),
    ...models.flatMap((detail) => modelVerdicts(detail, snapshot, file)),
  ];
}

function tooGood({ awesome, run, data }: StudySnapshot, file: string): Verdict {
  const line = {
    about: 'search',
    check: 'too-good',
    title: 'The result is not too good to be true',
    where: `vitrine check ${file} --data`,
  } as const;
  if (!awesome)
    return run === 'finished' || run === 'stopped'
      ? {
          ...line,
          outcome: 'passed',
          words: `The best model leaves more than a tenth of the error of a constant in ${data?.target ?? 'the target'}.`,
        }
      : { ...line, outcome: 'not checked', words: 'The run has not come to its end.' };
  const [first] = awesome.suspicions;
  return {
    ...line,
    outcome: 'to look at',
    words: `${awesomeScoreWords(awesome)} ${first ? first.message : 'No check found a cause.'}`,
    figure: {
      measure: "share of the constant's loss that is gone",
      value: awesome.gain,
      bound: { is: 'at most', value: nearPerfect },
    },
  };
}
