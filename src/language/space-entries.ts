import type { z } from 'zod';
import { distribution } from '../shared/experiment/schema.ts';
import type { Path, Source } from './source.ts';
import { keysAt } from './texts.ts';

export type WrittenDistribution = z.output<typeof distribution>;

/** The name under which a script's parameters stand where others have their learner's. */
export const scriptOwner = 'script';

/** One hyperparameter in the file's `space` or in `script.space`, as far as it can be read. */
export interface SpaceEntry {
  readonly learner: string;
  readonly name: string;
  readonly path: Path;
  /** Absent where the schema refuses it. */
  readonly written?: WrittenDistribution;
}

export const spaceEntries = (source: Source): SpaceEntry[] => [
  ...keysAt(source, ['space']).flatMap((learner) => entriesAt(source, ['space', learner], learner)),
  ...entriesAt(source, ['script', 'space'], scriptOwner),
];

const entriesAt = (source: Source, place: Path, learner: string): SpaceEntry[] =>
  keysAt(source, place).map((name) => {
    const path = [...place, name];
    return { learner, name, path, written: distribution.safeParse(source.valueAt(path)).data };
  });

/** Whose space a path is in, and what follows the learner there: ['NAME', 'when', ...]; undefined elsewhere. */
export function spacePlace(path: Path): { learner: string; rest: Path } | undefined {
  if (path[0] === 'space' && path.length > 1) return { learner: String(path[1]), rest: path.slice(2) };
  if (path[0] === 'script' && path[1] === 'space') return { learner: scriptOwner, rest: path.slice(2) };
  return undefined;
}

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
