import { parseConstraint } from '../../shared/experiment/constraint.ts';
import {
  parseBytes,
  parseDuration,
  parseEnergy,
  parseMass,
  parseMoney,
  parsePrice,
  type Reading,
} from '../../shared/experiment/quantity.ts';
import { type Takes, takesKeyword } from '../../shared/experiment/schema.ts';
import { diagnostic, type Rule, replacement } from '../rule.ts';
import { scalarText } from '../scalar.ts';
import { formsAt } from '../schema/forms.ts';
import { placesIn } from '../schema/places.ts';
import { pathWords } from '../schema/words.ts';
import type { Path } from '../source.ts';

const parsers: Readonly<Partial<Record<Takes, (text: string) => Reading<unknown>>>> = {
  duration: parseDuration,
  energy: parseEnergy,
  mass: parseMass,
  money: parseMoney,
  price: parsePrice,
  bytes: parseBytes,
  constraint: parseConstraint,
};

const parserAt = (path: Path) =>
  formsAt(path)
    .map((form) => form[takesKeyword])
    .map((takes) => takes && parsers[takes])
    .find(Boolean);

/** Whether the schema wants an amount with a unit here. */
export const isQuantity = (path: Path): boolean => parserAt(path) !== undefined;

/** Durations, energies, masses, money, prices, sizes and constraints: readable, with a unit, above zero. */
export const quantities: Rule = {
  codes: ['bad-quantity'],
  *check({ source }) {
    for (const { path, value } of placesIn(source.value)) {
      const parse = parserAt(path);
      if (!parse || value === null || typeof value === 'object') continue;
      // As it is written: YAML reads 0.10 as 0.1.
      const reading = parse(typeof value === 'string' ? value : source.textIn(source.valueRange(path)));
      if (reading.ok) continue;
      const range = source.valueRange(path);
      const fix = reading.suggestion === undefined ? undefined : replacement(range, scalarText(reading.suggestion));
      yield diagnostic('bad-quantity', range, `${pathWords(path)}: ${reading.problem}`, fix);
    }
  },
};
