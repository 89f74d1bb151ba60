import type { ReadCondition } from '../../../shared/results/read-condition.ts';
import { type BinnedColumn, missingBin, otherLevelsBin } from './bin-encoder.ts';

/**
 * A test of a column's bins as a test of the column. holds: of each bin; a column of numbers must hold in neighbouring bins alone.
 */
export function conditionOf(column: BinnedColumn, holds: (bin: number) => boolean): ReadCondition {
  const { name } = column;
  const missing = holds(missingBin);
  if (column.kind === 'coded') {
    const isNot = holds(otherLevelsBin);
    const levels = column.levels.filter((_, i) => holds(i + 2) !== isNot);
    return { kind: 'levels', column: name, levels, isNot, missing };
  }
  const bins = column.edges.length + 1;
  const held = Array.from({ length: bins }, (_, i) => i + 1).filter(holds);
  const [first, last] = [held[0], held[held.length - 1]];
  if (held.length === 0) return { kind: 'missing', column: name, isNot: false };
  if (last - first + 1 !== held.length) throw new RangeError(`the bins of "${name}" that hold are not neighbours`);
  if (held.length === bins && !missing) return { kind: 'missing', column: name, isNot: true };
  return {
    kind: 'numbers',
    column: name,
    above: first === 1 ? null : column.edges[first - 2],
    upTo: last === bins ? null : column.edges[last - 1],
    missing,
  };
}
