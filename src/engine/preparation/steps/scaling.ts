import type { DatasetInfo } from '../../../shared/dataset.ts';
import { byName, numbersOf } from '../../data/encoders/raw-columns.ts';
import { type Table, withColumns } from '../../data/table.ts';
import { numericColumn } from '../new-columns.ts';
import { power } from '../scales/power.ts';
import { quantileNormal } from '../scales/quantile-normal.ts';
import { robust } from '../scales/robust.ts';
import type { Scale, ScaleKind } from '../scales/scale.ts';
import { choiceOf, type Need, type Step, type Transform } from '../step.ts';

const kinds: Readonly<Record<string, ScaleKind<unknown>>> = { robust, power, quantile: quantileNormal };

const bending: Readonly<Record<string, (name: string) => string>> = {
  robust: (name) => `${name} in spreads from its median, bent so that outliers do not run away`,
  power: (name) => `${name} raised to a power that makes it as normal as it can (Yeo-Johnson)`,
  quantile: (name) => `the place of ${name} among the training values: no unit of it is left`,
};

export interface ScalingState {
  readonly kind: string;
  readonly columns: readonly { readonly name: string; readonly state: unknown }[];
}

/** Values that a scale is learnt from, at most: more do not move it. */
const mostValues = 5000;

/**
 * Brings numbers of more than two values onto another scale, one to one; what a learner does to scales by itself comes after it.
 * Missing values stay missing.
 */
export const scaling: Step<ScalingState> = {
  name: 'scaling',
  parameters: (info, need) =>
    need !== 'native' && hasNumbers(info)
      ? [choiceOf('scaling', ['native', ...Object.keys(kinds)], usual(info, need), true)]
      : [],
  learn({ features }, params) {
    const name = String(params.scaling);
    const kind = kinds[name];
    if (!kind) return null;
    const columns = byName(features).flatMap((column) => {
      const sorted = column.kind === 'numeric' ? sortedSample(numbersOf(features, column.name)) : undefined;
      const state = sorted && hasThree(sorted) ? kind.learn(sorted) : null;
      return state === null ? [] : [{ name: column.name, state }];
    });
    return columns.length > 0 ? { state: { kind: name, columns }, words: `${name} scales` } : null;
  },
  restore({ kind, columns }): Transform {
    const scales = columns.map(({ name, state }): [string, Scale] => [name, kinds[kind].restore(state)]);
    return {
      apply: (table) =>
        withColumns(
          table,
          scales.map(([name, scale]) => numericColumn(name, scaled(table, name, scale.of))),
        ),
      made: () => columns.map(({ name }) => ({ column: name, of: [name], words: bending[kind](name), bent: true })),
      gradientBefore(before, after) {
        const gradients = new Map(after);
        for (const [name, scale] of scales) {
          const gradient = after.get(name);
          const slopes = scaled(before, name, scale.slope);
          if (gradient)
            gradients.set(
              name,
              slopes.map((slope, row) => (Number.isNaN(slope) ? 0 : slope * gradient[row])),
            );
        }
        return gradients;
      },
    };
  },
};

/** What did best on average over the shared tables, with default configurations otherwise (bench/preparation.ts). */
function usual({ task }: DatasetInfo, need: Need): string {
  if (need === 'dense') return 'native';
  return need === 'linear' && task === 'regression' ? 'robust' : 'power';
}

const hasNumbers = ({ columns }: DatasetInfo): boolean =>
  columns.some(({ role, numeric, distinct }) => role === 'feature' && numeric && distinct > 2);

const scaled = (table: Table, name: string, of: (value: number) => number): Float64Array =>
  numbersOf(table, name).map((value) => (Number.isNaN(value) ? value : of(value)));

/** Every so many-th of the values that are there, ascending. */
function sortedSample(numbers: Float64Array): Float64Array {
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length <= mostValues) return sorted;
  return Float64Array.from(
    { length: mostValues },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (mostValues - 1))],
  );
}

function hasThree(sorted: Float64Array): boolean {
  let distinct = 1;
  for (let i = 1; i < sorted.length && distinct < 3; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  return distinct > 2;
}
