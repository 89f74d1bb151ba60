import { clopperPearson } from '../statistics/clopper-pearson.ts';
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
    const missed = countWithout(flippedRows(blind, 'flippedByNumbers'), flippedRows(gradient));
    if (missed >= 2 && missed / rows > maskingShare)
      return [
        `At epsilon ${epsilon} random search flips ${missed} rows by numbers alone that the gradient attacks do not: the gradients may mislead.`,
      ];
  }
  return [];
}

function weakIteration({ strikes }: Evidence): string[] {
  for (const epsilon of epsilonsOf(strikes)) {
    const here = strikes.filter((strike) => strike.epsilon === epsilon);
    const [fgsm, pgd] = ['fgsm', 'pgd'].map((name) => here.filter(({ attack }) => attack.name === name));
    if (fgsm.length === 0 || pgd.length === 0) return [];
    const [single, iterated] = [flippedRows(fgsm), flippedRows(pgd)];
    if (flipsFewer(iterated, single))
      return [
        `At epsilon ${epsilon} many small gradient steps flip fewer rows (${iterated.size}) than a single one (${single.size}).`,
      ];
  }
  return [];
}

/** Of the raw attacks: the curve falls by construction, because an edit that was found at one epsilon is allowed at every larger one. */
function notMonotone({ strikes }: Evidence): string[] {
  const epsilons = epsilonsOf(strikes);
  const flips = epsilons.map((epsilon) => flippedRows(strikes.filter((strike) => strike.epsilon === epsilon)));
  const drop = flips.findIndex((rows, i) => i > 0 && flipsFewer(rows, flips[i - 1]));
  if (drop < 0) return [];
  return [
    `The attacks flip fewer rows at epsilon ${epsilons[drop]} (${flips[drop].size}) than at ${epsilons[drop - 1]} (${flips[drop - 1].size}): they searched too little.`,
  ];
}

/**
 * Whether a search that should find more rows finds fewer, beyond the luck of its draws: of the rows that only one of the two
 * flips, significantly more than half are the weaker's own (exact sign test, as McNemar 1947; 2.5 % one-sided). Six rows lost and
 * none won are enough, five are not.
 */
function flipsFewer(stronger: ReadonlySet<number>, weaker: ReadonlySet<number>): boolean {
  const lost = countWithout(weaker, stronger);
  const won = countWithout(stronger, weaker);
  return lost > won && clopperPearson(lost, lost + won).low > 0.5;
}

const add = (a: number, b: number) => a + b;
const total = (strikes: readonly Strike[], value: (strike: Strike) => number) => strikes.map(value).reduce(add, 0);
const epsilonsOf = (strikes: readonly Strike[]) =>
  [...new Set(strikes.map(({ epsilon }) => epsilon))].sort((a, b) => a - b);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Rows that any of the strikes flipped. */
const flippedRows = (strikes: readonly Strike[], by: 'flipped' | 'flippedByNumbers' = 'flipped'): ReadonlySet<number> =>
  new Set(strikes.flatMap((strike) => [...strike[by].keys()].filter((row) => strike[by][row] === 1)));

/** How many of the rows are not among the others. */
const countWithout = (rows: ReadonlySet<number>, others: ReadonlySet<number>): number =>
  [...rows].filter((row) => !others.has(row)).length;
