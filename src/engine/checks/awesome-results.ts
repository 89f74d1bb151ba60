import {
  type AwesomeResults,
  type JudgedLosses,
  nearPerfect,
  type SuspectedCause,
  type Suspicion,
} from '../../shared/results/awesome-results.ts';
import type { DataFinding, DataFindings, Remedy } from '../../shared/results/data-findings.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { ignoreColumn } from './remedies.ts';

/** A column and the share of the model's gain over the constant that is lost when it is shuffled. */
export interface ColumnShare {
  readonly column: string;
  readonly share: number;
}

/** A column that carries so much of a model is its weak point, whether it leaks or not. */
const dominant = 0.7;
/** A cause that another one makes by itself counts half beside it: groups make near copies. */
const beside = 0.5;
/** Repeats inside the development part flatter the folds, not the test part. */
const ofFolds = 0.6;
/** What a hand-made model reaches needs no defect, nor does it exclude one. */
const ofEase = 0.4;

/**
 * Why a score may be too good, the most likely cause first, each by how much of the model's gain over the constant it could explain: a column by
 * what it tells alone, known rows by their share of the test part, groups by the rows whose nearest is their own. Null unless 90 % of the
 * constant's loss is gone.
 * @param importances of the model, where they were measured
 */
export function awesomeResults(
  losses: JudgedLosses,
  findings: Pick<DataFindings, 'findings'>,
  importances: readonly ColumnShare[] = [],
): AwesomeResults | null {
  const gain = 1 - losses.model / losses.constant;
  if (!(gain >= nearPerfect)) return null;
  return {
    kind: 'awesome-results',
    version: 1,
    losses,
    gain,
    suspicions: rankedSuspicions(losses, findings.findings, importances),
  };
}

/** As in `awesomeResults`, for any score. */
export function rankedSuspicions(
  losses: JudgedLosses,
  findings: readonly DataFinding[],
  importances: readonly ColumnShare[] = [],
): Suspicion[] {
  const gain = Math.max(1e-9, 1 - losses.model / losses.constant);
  const found = findings
    .filter(({ severity }) => severity !== 'note')
    .flatMap((finding) => suspicionOf(finding, gain) ?? []);
  const joined = joinedByColumn(found);
  const hasGroups = joined.some(({ cause }) => cause === 'groups in both parts');
  const weighed = joined.map((suspicion) =>
    hasGroups && suspicion.cause === 'near duplicates'
      ? { ...suspicion, explains: beside * suspicion.explains }
      : suspicion,
  );
  const named = new Set(weighed.flatMap(({ columns }) => columns));
  const others = importances.filter(({ column, share }) => share >= dominant && !named.has(column)).map(dominantColumn);
  const ease = easeOf(losses, gain, weighed);
  return [...weighed, ...others, ...ease].sort((a, b) => b.explains - a.explains);
}

const causes: Readonly<
  Record<string, { readonly cause: SuspectedCause; explains(finding: DataFinding, gain: number): number }>
> = {
  'target-leak': { cause: 'leaking column', explains: ({ evidence }, gain) => evidence.value / gain },
  'missing-leak': { cause: 'telling gaps', explains: ({ evidence }) => evidence.value },
  // Alone it tells nothing; where it leaks as well, that finding gives the number.
  identifier: { cause: 'identifier', explains: () => 0.2 },
  'shared-rows': { cause: 'rows in both parts', explains: ({ evidence }) => 0.1 + evidence.value },
  'near-duplicates': { cause: 'near duplicates', explains: ({ evidence }) => 0.1 + evidence.value },
  duplicates: { cause: 'duplicates', explains: ({ evidence }) => ofFolds * (0.1 + evidence.value) },
  'group-leak': { cause: 'groups in both parts', explains: ({ evidence }) => evidence.value },
  'time-leak': { cause: 'later rows learnt from', explains: ({ evidence }) => evidence.value },
  'small-test': {
    cause: 'test part too small',
    explains: ({ evidence }) => 1 / Math.sqrt(Math.max(1, evidence.value)),
  },
  'label-errors': { cause: 'wrong labels', explains: ({ evidence }) => 0.5 * evidence.value },
};

function suspicionOf(finding: DataFinding, gain: number): Suspicion | undefined {
  const known = causes[finding.check];
  if (!known) return undefined;
  const explains = Math.min(1, Math.max(0, known.explains(finding, gain)));
  return {
    cause: known.cause,
    explains,
    message: finding.message,
    columns: finding.columns,
    experiment: testOf(finding),
  };
}

/** The remedy that changes the experiment, or else the data. */
function testOf({ remedies }: DataFinding): Remedy {
  return (
    remedies.find(({ edit }) => edit) ??
    remedies[0] ?? { kind: 'mend data', words: 'Mend the data and run again: the score should stay.' }
  );
}

/** A column that leaks because it names the group or the row has one cause, the more telling one, with the larger number. */
function joinedByColumn(found: readonly Suspicion[]): Suspicion[] {
  const tellingMore: readonly SuspectedCause[] = ['groups in both parts', 'identifier', 'later rows learnt from'];
  const leaks = found.filter(({ cause }) => cause === 'leaking column');
  const explained = new Set<Suspicion>();
  const joined = found.map((suspicion) => {
    if (!tellingMore.includes(suspicion.cause)) return suspicion;
    const leak = leaks.find(({ columns }) => columns.some((column) => suspicion.columns.includes(column)));
    if (!leak) return suspicion;
    explained.add(leak);
    return {
      ...suspicion,
      explains: Math.max(suspicion.explains, leak.explains),
      message: `${suspicion.message} ${leak.message}`,
    };
  });
  return joined.filter((suspicion) => !explained.has(suspicion));
}

const dominantColumn = ({ column, share }: ColumnShare): Suspicion => ({
  cause: 'dominant column',
  explains: Math.min(1, share),
  message: `${percentWords(Math.min(1, share), 0)} of what the model gains is lost when "${column}" is shuffled.`,
  columns: [column],
  experiment: ignoreColumn(column),
});

/** A hand-made model that is nearly as good says that the task is easy, unless a column leaks. */
function easeOf({ simple, constant }: JudgedLosses, gain: number, found: readonly Suspicion[]): Suspicion[] {
  if (simple === null || found.some(({ cause }) => cause === 'leaking column' || cause === 'identifier')) return [];
  const share = Math.min(1, (1 - simple / constant) / gain);
  if (share < dominant) return [];
  return [
    {
      cause: 'easy task',
      explains: ofEase * share,
      message: `A simple model reaches ${percentWords(share, 0)} of the gain: machine learning adds little here.`,
      columns: [],
      experiment: {
        kind: 'mend data',
        words: 'Search trees alone, and see what more there is: `learners: [tree]`.',
        edit: { how: 'set', key: ['learners'], value: ['tree'] },
      },
    },
  ];
}
