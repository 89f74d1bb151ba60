import type { Attribute, ThresholdPoint } from '../../../shared/results/fairness.ts';
import type { Random } from '../../random.ts';
import type { LabelRows } from './group-measures.ts';

/** Differences of the selection rates that may be asked for; null: none is. */
const allowances = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, null] as const;
/** Selection rates are looked at in hundredths. */
const steps = 100;

/** What one threshold for a group does: how many are selected, and how many decided rightly. */
interface Choice {
  readonly threshold: number | null;
  readonly right: number;
}

/**
 * Thresholds of their own for each group that hold the selection rates within a difference of each other at the least cost in accuracy (in the
 * manner of Hardt, Price and Srebro 2016, for demographic parity). A simulation: chosen on one half of the rows, measured on the other.
 * @param members [groups] rows of each
 */
export function simulateThresholds(
  judged: LabelRows,
  members: readonly ArrayLike<number>[],
  names: readonly string[],
  threshold: number,
  random: Random,
): NonNullable<Attribute['simulation']> {
  const halves = members.map((rows, g) => {
    const order = random.fork(names[g]).permutation(rows.length);
    const at = (from: number, to: number) => Uint32Array.from(order.slice(from, to), (i) => rows[i]);
    const middle = rows.length >> 1;
    return [at(0, middle), at(middle, rows.length)];
  });
  const points = allowances.flatMap((allowed): ThresholdPoint[] => {
    const all = cheapest(judged, members, allowed);
    const chosen = [0, 1].map((half) =>
      cheapest(
        judged,
        halves.map((both) => both[half]),
        allowed,
      ),
    );
    if (!all || !chosen[0] || !chosen[1]) return [];
    const held = chosen.map((thresholds, half) =>
      decide(
        judged,
        halves.map((both) => both[1 - half]),
        thresholds!,
      ),
    );
    const mean = (name: 'accuracy' | 'difference') => (held[0][name] + held[1][name]) / 2;
    return [{ allowed, accuracy: mean('accuracy'), difference: mean('difference'), thresholds: all }];
  });
  return {
    groups: names,
    now: decide(
      judged,
      members,
      names.map(() => threshold),
    ),
    points,
  };
}

/** The thresholds with most right decisions whose selection rates are within a window of the allowed width; undefined where there are none. */
function cheapest(judged: LabelRows, members: readonly ArrayLike<number>[], allowed: number | null) {
  const choices = members.map((rows) => choicesOf(judged, rows));
  const width = Math.round((allowed ?? 1) * steps);
  let best: { right: number; thresholds: (number | null)[] } | undefined;
  for (let from = 0; from + width <= steps; from++) {
    const chosen = choices.map((all) => mostRight(all, from, from + width));
    if (!chosen.every((one) => one !== undefined)) continue;
    const right = chosen.reduce((sum, one) => sum + one.right, 0);
    if (!best || right > best.right) best = { right, thresholds: chosen.map(({ threshold }) => threshold) };
  }
  return best?.thresholds;
}

function mostRight(choices: readonly (Choice | undefined)[], from: number, to: number): Choice | undefined {
  let best: Choice | undefined;
  for (let step = from; step <= to; step++) {
    const choice = choices[step];
    if (choice && (!best || choice.right > best.right)) best = choice;
  }
  return best;
}

/** [steps + 1] the best threshold that selects about that share; undefined where probabilities are tied across it. */
function choicesOf({ truth, probability }: LabelRows, rows: ArrayLike<number>): (Choice | undefined)[] {
  const order = Uint32Array.from({ length: rows.length }, (_, i) => rows[i]).sort(
    (a, b) => probability[b] - probability[a],
  );
  const choices: (Choice | undefined)[] = new Array(steps + 1).fill(undefined);
  let right = order.reduce((sum, row) => sum + 1 - truth[row], 0);
  const keep = (selected: number, threshold: number | null) => {
    const step = Math.round((steps * selected) / order.length);
    if (right > (choices[step]?.right ?? -1)) choices[step] = { threshold, right };
  };
  keep(0, null);
  order.forEach((row, i) => {
    right += truth[row] === 1 ? 1 : -1;
    const next = i + 1 < order.length ? probability[order[i + 1]] : Number.NEGATIVE_INFINITY;
    // Selected is what is above the threshold: half way to the next one.
    if (next < probability[row])
      keep(i + 1, next === Number.NEGATIVE_INFINITY ? probability[row] / 2 : (probability[row] + next) / 2);
  });
  return choices;
}

function decide(
  { truth, probability }: LabelRows,
  members: readonly ArrayLike<number>[],
  thresholds: readonly (number | null)[],
) {
  let [right, count] = [0, 0];
  const shares = members.map((rows, g) => {
    let selected = 0;
    for (let i = 0; i < rows.length; i++) {
      const label = probability[rows[i]] > (thresholds[g] ?? Number.POSITIVE_INFINITY) ? 1 : 0;
      selected += label;
      if (label === truth[rows[i]]) right++;
    }
    count += rows.length;
    return selected / rows.length;
  });
  return { accuracy: right / count, difference: Math.max(...shares) - Math.min(...shares) };
}
