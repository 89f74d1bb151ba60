import { countWords } from '../../../shared/results/numbers.ts';
import { takeTarget } from '../../data/dataset.ts';
import { byName, numbersOf } from '../../data/encoders/raw-columns.ts';
import { type Table, takeRows } from '../../data/table.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import { binnedNumbers, binnedTarget } from '../selection/binned-values.ts';
import { informationBeyondChance } from '../selection/mutual-information.ts';
import type { LearningRows, Need, Step, Transform } from '../step.ts';

/** Numbers that are combined: those that tell most of the target. */
const mostCombined = 20;
/** Above this many numbers combinations did harm as often as good, or cost too much (bench/preparation.ts). */
const fewColumns: Readonly<Record<Need, number>> = { linear: 100, native: 30, dense: 0, distances: 0 };
/** Rows that combinations are judged by, at most. */
const judgingRows = 2000;
/**
 * Nats that a combination must tell beyond the better of its two columns, times rows: five deviations of what chance tells, since
 * the best of hundreds is taken. Twice the nats times rows are nearly chi-squared, of some 200 degrees of freedom here.
 */
const leastGain = 50;

interface Operation {
  of(a: number, b: number): number;
  /** d of / d a and d of / d b. */
  slopes(a: number, b: number): readonly [number, number];
}

const operations = {
  '+': { of: (a, b) => a + b, slopes: () => [1, 1] },
  '-': { of: (a, b) => a - b, slopes: () => [1, -1] },
  '*': { of: (a, b) => a * b, slopes: (a, b) => [b, a] },
  '/': { of: (a, b) => a / b, slopes: (a, b) => [1 / b, -a / (b * b)] },
} as const satisfies Record<string, Operation>;
type OperationName = keyof typeof operations;
const spoken: Readonly<Record<OperationName, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided by',
};

interface Combination {
  readonly left: string;
  readonly operation: OperationName;
  readonly right: string;
}

export interface CombinationsState {
  readonly combinations: readonly (Combination & { readonly output: string })[];
}

/**
 * Sums, differences, products and ratios of two numbers, beside them: those that tell most of the target beyond the better of the two,
 * each pair once; of two dates the time between them. What cannot be calculated (a ratio to 0, an overflow) is missing.
 */
export const combinations: Step<CombinationsState> = {
  name: 'combinations',
  parameters({ columns }, need) {
    const count = columns.filter(({ role, numeric, distinct }) => role === 'feature' && numeric && distinct > 2).length;
    if (count < 2) return [];
    const searched = count <= fewColumns[need];
    const initial = need === 'linear' && searched ? 8 : 0;
    return [{ name: 'combinations', distribution: { type: 'int', low: 0, high: 32 }, initial, searched }];
  },
  learn(rows, { combinations: most }) {
    if (typeof most !== 'number' || most === 0 || rows.features.rowCount < 10) return null;
    const fresh = freshNames(rows.features);
    const found = telling(rows)
      .slice(0, most)
      .map((combination) => ({ ...combination, output: fresh(titleOf(combination)) }));
    return found.length > 0
      ? {
          state: { combinations: found },
          words: countWords(found.length, 'combination of numbers', 'combinations of numbers'),
        }
      : null;
  },
  restore: ({ combinations }): Transform => ({
    made: () =>
      combinations.map(({ left, operation, right, output }) => ({
        column: output,
        of: [left, right],
        words: `${left} ${spoken[operation]} ${right}, missing where that cannot be calculated`,
      })),
    apply: (table) => ({
      ...table,
      columns: [...table.columns, ...combinations.map((one) => numericColumn(one.output, combined(table, one)))],
    }),
    gradientBefore(before, after) {
      const gradients = new Map(after);
      for (const one of combinations) {
        const byOutput = after.get(one.output);
        if (!byOutput) continue;
        const [a, b] = [numbersOf(before, one.left), numbersOf(before, one.right)];
        const values = combined(before, one);
        // Where the combination itself is missing it has no slope.
        const slopes = Array.from(values, (value, row) =>
          Number.isNaN(value) ? [0, 0] : operations[one.operation].slopes(a[row], b[row]),
        );
        for (const [side, name] of [one.left, one.right].entries()) {
          const own = gradients.get(name);
          gradients.set(
            name,
            Float64Array.from(byOutput, (gradient, row) => (own?.[row] ?? 0) + gradient * slopes[row][side]),
          );
        }
      }
      return gradients;
    },
  }),
};

const titleOf = ({ left, operation, right }: Combination) => `${left} ${operation} ${right}`;

function combined(table: Table, { left, operation, right }: Combination): Float64Array {
  const [a, b] = [numbersOf(table, left), numbersOf(table, right)];
  const { of } = operations[operation];
  return a.map((value, row) => {
    const result = of(value, b[row]);
    return Number.isFinite(result) ? result : Number.NaN;
  });
}

/** The best combination of each pair that is worth one, the most telling first. */
function telling({ features, target, random }: LearningRows): Combination[] {
  const rows = random.permutation(features.rowCount).subarray(0, judgingRows).sort();
  const sample = takeRows(features, rows);
  const truth = binnedTarget(takeTarget(target, rows));
  const tells = (values: Float64Array) => informationBeyondChance(binnedNumbers(values), truth);
  const single = byName(sample)
    .flatMap(({ kind, name, type }) => {
      const values = kind === 'numeric' ? numbersOf(sample, name) : undefined;
      return values && varies(values) ? [{ name, isDate: type === 'date', nats: tells(values) }] : [];
    })
    .sort((a, b) => b.nats - a.nats || (a.name < b.name ? -1 : 1))
    .slice(0, mostCombined);
  return single
    .flatMap((first, i) => single.slice(i + 1).flatMap((second) => bestOf(first, second)))
    .filter(({ gain }) => gain * rows.length > leastGain)
    .sort((a, b) => b.gain - a.gain || (titleOf(a.combination) < titleOf(b.combination) ? -1 : 1))
    .map(({ combination }) => combination);

  function bestOf(first: (typeof single)[number], second: (typeof single)[number]) {
    // Of two dates only the time between them means something, of a date and a number nothing.
    if (first.isDate !== second.isDate) return [];
    const symmetric: readonly OperationName[] = first.isDate ? ['-'] : ['+', '-', '*', '/'];
    const ways: Combination[] = symmetric.map((operation) => ({ left: first.name, operation, right: second.name }));
    if (!first.isDate) ways.push({ left: second.name, operation: '/', right: first.name });
    const better = Math.max(first.nats, second.nats);
    return ways
      .map((combination) => ({ combination, gain: tells(combined(sample, combination)) - better }))
      .sort((a, b) => b.gain - a.gain)
      .slice(0, 1);
  }
}

const varies = (values: Float64Array): boolean => {
  const present = values.filter((value) => !Number.isNaN(value));
  return present.some((value) => value !== present[0]);
};
