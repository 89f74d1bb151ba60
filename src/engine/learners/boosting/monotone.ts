import { UserError } from '../../../shared/faults.ts';
import type { Value } from '../../../shared/space.ts';
import type { BinnedColumn } from '../../data/encoders/bin-encoder.ts';
import type { Table } from '../../data/table.ts';

/**
 * Of each binned column: 1 where the prediction may only rise with it, -1 where it may only fall, 0 elsewhere; undefined where none is
 * named. text: 'age:+ income:-', columns by name, '+' rises and '-' falls. A name may hold blanks: 'hours per week:+ age:-'.
 * Throws a UserError where the text does not read so, or a column is unknown, holds no numbers or is named twice.
 */
export function directionsOf(text: Value, features: Table, columns: readonly BinnedColumn[]): Int8Array | undefined {
  if (text === '') return undefined;
  const signs = signsByName(String(text));
  for (const name of signs.keys()) {
    const column = features.columns.find((each) => each.name === name);
    if (!column) {
      const names = features.columns.map((each) => each.name).join(', ');
      throw wrong(`Column "${name}" of "monotone" is not among the features.`, `They are ${names}.`);
    }
    if (column.kind !== 'numeric') {
      throw wrong(
        `Column "${name}" of "monotone" holds ${column.type} values, which have no order.`,
        'Name columns of numbers or dates.',
      );
    }
  }
  return Int8Array.from(columns, ({ name }) => signs.get(name) ?? 0);
}

function signsByName(text: string): Map<string, 1 | -1> {
  const signs = new Map<string, 1 | -1>();
  let rest = text.trim();
  while (rest !== '') {
    const part = /^(.+?)\s*:\s*([+-])(?=\s|,|$)[\s,]*/.exec(rest);
    if (!part)
      throw wrong(`"monotone" cannot be read at "${rest}".`, 'Write it as "age:+ income:-": + rises, - falls.');
    const [all, name, sign] = part;
    if (signs.has(name)) throw wrong(`"monotone" names column "${name}" twice.`, 'Keep one of the two.');
    signs.set(name, sign === '+' ? 1 : -1);
    rest = rest.slice(all.length);
  }
  return signs;
}

const wrong = (message: string, advice: string) => new UserError('monotone', message, { advice });
