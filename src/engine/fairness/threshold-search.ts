import type { FairnessCriterion } from '../../shared/experiment/fairness-measure.ts';

/** Rows of two classes by the probability of the second. */
export interface ScoredRows {
  /** [rows] 1: has the class */
  readonly truth: ArrayLike<number>;
  readonly probability: Float64Array;
}

/** What one threshold for a group does. */
interface Choice {
  /** Selected is what is above it; null: nobody. */
  readonly threshold: number | null;
  /** Rows decided rightly. */
  readonly right: number;
  /** What the criterion compares, each from 0 to 1; all of them grow as the threshold falls. */
  readonly rates: readonly number[];
}

/** Thresholds of a group that are looked at; windows of two rates are as many as pairs of all groups' thresholds, and are fewer of each. */
const [mostChoices, fewestChoices, choicesOfAll] = [400, 60, 800];

/**
 * One threshold for each group, so that the rates that the criterion compares lie within `allowed` of each other, with the most right
 * decisions (Hardt, Price and Srebro 2016, section 3; without their random mixtures, so that the same row is always decided alike). Two
 * rates, for equalised odds, can be held together at the end only by giving up what the better predicted group offers.
 * @param members [groups] rows of each, none empty
 * @returns [groups] null: nobody is selected
 */
export function fairThresholds(
  scored: ScoredRows,
  members: readonly ArrayLike<number>[],
  criterion: FairnessCriterion,
  allowed: number,
): (number | null)[] {
  const isPair = criterion === 'equalised-odds';
  const most = isPair ? Math.max(fewestChoices, Math.min(mostChoices, choicesOfAll / members.length)) : mostChoices;
  const choices = members.map((rows) => choicesOf(scored, rows, criterion, most));
  const best = isPair ? withinBoth(choices, allowed) : within(choices, allowed);
  return best.map(({ threshold }) => threshold);
}

const tolerance = 1e-9;

/** The best of each group inside the window of the first rate that holds most right decisions. */
function within(choices: readonly (readonly Choice[])[], allowed: number): readonly Choice[] {
  let best: { right: number; chosen: readonly Choice[] } | undefined;
  for (const from of lowest(choices, 0)) {
    const chosen = choices.map((own) => mostRight(...rangeOf(own, 0, from, from + allowed, 0, own.length), own));
    best = better(best, chosen);
  }
  return best!.chosen;
}

/** As `within`, of windows of both rates. Rates grow together along a group's choices, so that a window is a run of them. */
function withinBoth(choices: readonly (readonly Choice[])[], allowed: number): readonly Choice[] {
  let best: { right: number; chosen: readonly Choice[] } | undefined;
  for (const from of lowest(choices, 0)) {
    const runs = choices.map((own) => rangeOf(own, 0, from, from + allowed, 0, own.length));
    if (runs.some(([start, end]) => start >= end)) continue;
    const starts = new Set(choices.flatMap((own, g) => own.slice(...runs[g]).map(({ rates }) => rates[1])));
    for (const second of starts) {
      const chosen = choices.map((own, g) => mostRight(...rangeOf(own, 1, second, second + allowed, ...runs[g]), own));
      best = better(best, chosen);
    }
  }
  return best!.chosen;
}

function better(
  best: { right: number; chosen: readonly Choice[] } | undefined,
  chosen: readonly (Choice | undefined)[],
) {
  if (!chosen.every((one) => one !== undefined)) return best;
  const right = chosen.reduce((sum, one) => sum + one.right, 0);
  return best && best.right >= right ? best : { right, chosen };
}

const lowest = (choices: readonly (readonly Choice[])[], at: number): number[] =>
  [...new Set(choices.flatMap((own) => own.map(({ rates }) => rates[at])))].sort((a, b) => a - b);

/** Of the choices from `start` to `end` those whose rate lies between two bounds: the first, and the one behind the last. */
function rangeOf(
  own: readonly Choice[],
  at: number,
  low: number,
  high: number,
  start: number,
  end: number,
): [number, number] {
  const first = firstAbove(own, at, low - tolerance, start, end);
  return [first, firstAbove(own, at, high + tolerance, first, end)];
}

/** Place of the first choice whose rate is above the bound. */
function firstAbove(own: readonly Choice[], at: number, bound: number, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (own[middle].rates[at] > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

function mostRight(start: number, end: number, own: readonly Choice[]): Choice | undefined {
  let best: Choice | undefined;
  for (let i = start; i < end; i++) if (!best || own[i].right > best.right) best = own[i];
  return best;
}

/** From nobody to everybody, cuts between rows only; of those that select about as many, the one with most right decisions. */
function choicesOf(
  { truth, probability }: ScoredRows,
  rows: ArrayLike<number>,
  criterion: FairnessCriterion,
  most: number,
): Choice[] {
  const order = Uint32Array.from({ length: rows.length }, (_, i) => rows[i]).sort(
    (a, b) => probability[b] - probability[a],
  );
  const positives = order.reduce((sum, row) => sum + truth[row], 0);
  const negatives = order.length - positives;
  const choices: Choice[] = [];
  let [hits, alarms, part] = [0, 0, -1];
  const keep = (threshold: number | null) => {
    // Where a group lacks a class, its rate is taken to move with the share that is selected.
    const share = (hits + alarms) / order.length;
    const truePositive = positives > 0 ? hits / positives : share;
    const falsePositive = negatives > 0 ? alarms / negatives : share;
    const rates = {
      'demographic-parity': [share],
      'equal-opportunity': [truePositive],
      'equalised-odds': [truePositive, falsePositive],
    }[criterion];
    const choice: Choice = { threshold, right: hits + negatives - alarms, rates };
    const own = Math.floor((most * (truePositive + falsePositive)) / 2);
    const last = choices.length - 1;
    if (own > part || hits + alarms === order.length) choices.push(choice);
    else if (choice.right > choices[last].right) choices[last] = choice;
    part = own;
  };
  keep(null);
  order.forEach((row, i) => {
    if (truth[row] === 1) hits++;
    else alarms++;
    const here = probability[row];
    const next = i + 1 < order.length ? probability[order[i + 1]] : Number.NEGATIVE_INFINITY;
    if (next < here) keep(Number.isFinite(next) ? (here + next) / 2 : here / 2);
  });
  return choices;
}
