import type { z } from 'zod';
import { distribution } from '../shared/experiment/schema.ts';
import type { Source } from './source.ts';
import { keysAt } from './texts.ts';

export type WrittenDistribution = z.output<typeof distribution>;

/** One hyperparameter in the file's `space`, as far as it can be read. */
export interface SpaceEntry {
  readonly learner: string;
  readonly name: string;
  readonly path: readonly ['space', string, string];
  /** Absent where the schema refuses it. */
  readonly written?: WrittenDistribution;
}

export const spaceEntries = (source: Source): SpaceEntry[] =>
  keysAt(source, ['space']).flatMap((learner) =>
    keysAt(source, ['space', learner]).map((name) => {
      const path = ['space', learner, name] as const;
      return { learner, name, path, written: distribution.safeParse(source.valueAt(path)).data };
    }),
  );

/** Lowest and highest value of a range; undefined for choices and fixed values. */
export const boundsOf = (written: WrittenDistribution): readonly [number, number] | undefined =>
  'float' in written ? written.float : 'int' in written ? written.int : undefined;

/** The values that are listed; undefined for ranges. */
export const valuesOf = (written: WrittenDistribution): readonly (string | number | boolean)[] | undefined =>
  'choice' in written
    ? written.choice
    : 'ordinal' in written
      ? written.ordinal
      : 'value' in written
        ? [written.value]
        : undefined;

export const conditionsOf = (written: WrittenDistribution | undefined) =>
  written && 'when' in written ? written.when : undefined;
