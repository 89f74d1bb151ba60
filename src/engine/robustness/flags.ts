import type { Strike } from './campaign.ts';

/** What the flags are read from. */
export interface Evidence {
  readonly strikes: readonly Strike[];
  /** Rows looked at, also those predicted wrongly from the start. */
  readonly rows: number;
  readonly cleanAccuracy: number;
  readonly cleanMcc: number | null;
  readonly cleanR2: number | null | undefined;
  readonly majorityBaseline: number;
  readonly editableColumns: number;
  /** Rows that were predicted differently when asked a second time. */
  readonly unstableRows: number;
}

/** Square may find this much more than the gradient attacks before their gradients are doubted (AutoAttack's flag). */
const maskingShare = 0.002;
/** A weaker search at a larger epsilon is chance up to this share of the rows. */
const chanceShare = 0.02;

/** Everything that makes a robustness report unreliable, each in a sentence. Empty is a clean bill, not a proof. */
export function flags(evidence: Evidence): string[] {
  return [
    ...noBetterThanConstant(evidence),
    ...nothingAttacked(evidence),
    ...randomised(evidence),
    ...deadGradients(evidence),
    ...gradientMasking(evidence),
    ...weakIteration(evidence),
    ...notMonotone(evidence),
  ];
}

function noBetterThanConstant({ cleanAccuracy, cleanMcc, cleanR2, majorityBaseline }: Evidence): string[] {
  if (cleanR2 !== undefined && cleanR2 !== null && cleanR2 <= 0)
    return [
      `The model is no better than predicting the mean (R2 ${cleanR2.toFixed(2)}); what never moves is easily robust.`,
    ];
  if (cleanMcc !== null && (cleanAccuracy <= majorityBaseline || cleanMcc <= 0))
    return [
      `The model is no better than always predicting the most frequent class (accuracy ${percent(cleanAccuracy)} against ${percent(majorityBaseline)}, MCC ${cleanMcc.toFixed(2)}); a constant is easily robust.`,
    ];
  return [];
}

const nothingAttacked = ({ editableColumns, strikes }: Evidence): string[] =>
  editableColumns === 0
    ? ['No column may be edited, so nothing was attacked.']
    : strikes.length === 0
      ? ['No row is predicted rightly, so nothing was attacked.']
      : [];

const randomised = ({ unstableRows }: Evidence): string[] =>
  unstableRows > 0 ? [`The model answers differently when asked twice (${unstableRows} rows).`] : [];

function deadGradients({ strikes }: Evidence): string[] {
  const asked = total(strikes, (strike) => strike.gradientRows);
  const dead = total(strikes, (strike) => strike.deadGradients);
  if (dead / Math.max(1, asked) <= 0.05) return [];
  return [
    `${percent(dead / asked)} of the gradients are zero or not a number: the gradient attacks were blind there, which is not robustness.`,
  ];
}

/** Numeric edits only: a gradient attack cannot touch categories. */
function gradientMasking({ strikes, rows }: Evidence): string[] {
  for (const epsilon of epsilonsOf(strikes)) {
    const here = strikes.filter((strike) => strike.epsilon === epsilon);
    const gradient = here.filter(({ attack }) => attack.access === 'gradient');
    if (gradient.length === 0) return [];
    const blind = here.filter(({ attack }) => attack.access !== 'gradient');
    const missed = countRows(blind, 'flippedByNumbers', (row) => gradient.every(({ flipped }) => flipped[row] === 0));
    if (missed >= 2 && missed / rows > maskingShare)
      return [
        `At epsilon ${epsilon} random search flips ${missed} rows by numbers alone that the gradient attacks do not: the gradients may mislead.`,
      ];
  }
  return [];
}

function weakIteration({ strikes, rows }: Evidence): string[] {
  for (const epsilon of epsilonsOf(strikes)) {
    const flipsOf = (name: string) =>
      strikes.find((strike) => strike.attack.name === name && strike.epsilon === epsilon)?.flipped.reduce(add, 0);
    const [single, iterated] = [flipsOf('fgsm'), flipsOf('pgd')];
    if (single !== undefined && iterated !== undefined && single - iterated > chanceShare * rows)
      return [
        `At epsilon ${epsilon} many small gradient steps flip fewer rows (${iterated}) than a single one (${single}).`,
      ];
  }
  return [];
}

function notMonotone({ strikes, rows }: Evidence): string[] {
  const epsilons = epsilonsOf(strikes);
  const flips = epsilons.map((epsilon) =>
    countRows(
      strikes.filter((strike) => strike.epsilon === epsilon),
      'flipped',
      () => true,
    ),
  );
  const drop = flips.findIndex((count, i) => i > 0 && flips[i - 1] - count > Math.max(1, chanceShare * rows));
  if (drop < 0) return [];
  return [
    `The attacks flip fewer rows at epsilon ${epsilons[drop]} (${flips[drop]}) than at ${epsilons[drop - 1]} (${flips[drop - 1]}): they searched too little.`,
  ];
}

const add = (a: number, b: number) => a + b;
const total = (strikes: readonly Strike[], value: (strike: Strike) => number) => strikes.map(value).reduce(add, 0);
const epsilonsOf = (strikes: readonly Strike[]) =>
  [...new Set(strikes.map(({ epsilon }) => epsilon))].sort((a, b) => a - b);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Rows that any of the strikes flipped, among those that `when` allows. */
function countRows(
  strikes: readonly Strike[],
  by: 'flipped' | 'flippedByNumbers',
  when: (row: number) => boolean,
): number {
  const length = strikes[0]?.flipped.length ?? 0;
  return Array.from({ length }, (_, row) => row).filter(
    (row) => when(row) && strikes.some((strike) => strike[by][row] === 1),
  ).length;
}
