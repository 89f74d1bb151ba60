import type { ColumnInfo } from '../dataset.ts';
import { UserError } from '../faults.ts';
import { alternatives, nearest } from '../nearest.ts';
import type { Bound, CohortCondition, CohortData, Range } from './cohort.ts';

/**
 * Reads what holds of a cohort's rows: 'age > 45 and sex is female', 'town in (York, Leeds)', 'income is missing', 'species = Adelie' of the
 * target, 'predicted = yes', 'wrong', 'loss > 0.7', 'probability of yes between 0.4 and 0.6', 'prediction >= 3', 'residual < -2',
 * 'rows 12, 4'. A name in quotes is always a column's, 'the loss' never. Throws a UserError that says the text, the place in it, and what was probably meant.
 */
export function parseConditions(text: string, data: CohortData): CohortCondition[] {
  const reader = new ConditionReader(text, data);
  const conditions = [reader.condition()];
  while (reader.takes(/\s+and\s+|\s*;\s*/iy)) conditions.push(reader.condition());
  reader.end();
  return conditions;
}

const comparisons: Readonly<Record<string, 'above' | 'at least' | 'below' | 'at most'>> = {
  '>': 'above',
  above: 'above',
  '>=': 'at least',
  '≥': 'at least',
  'at least': 'at least',
  '<': 'below',
  below: 'below',
  '<=': 'at most',
  '≤': 'at most',
  'at most': 'at most',
};

const comparison = /\s*(>=|<=|>|<|≥|≤|(?:is\s+)?(?:above|below|at least|at most)(?=\s))/iy;
const inequality = /\s*(!=|≠|is\s+not\s+one\s+of\b|is\s+not\b|not\s+in\b)/iy;
const equality = /\s*(==|=|is\s+one\s+of\b|is\b|in\b)/iy;
const between = /\s*(?:is\s+)?(?:between|from)\b/iy;
const missingWords = /\s*(?:is\s+missing|is\s+known|is\s+not\s+missing)\b/iy;
const outcomes = ['actual', 'predicted', 'wrong', 'right', 'loss', 'prediction', 'residual'] as const;

const ascending = (positions: readonly number[]): number[] => [...new Set(positions)].sort((a, b) => a - b);

const isOutcome = (name: string): boolean => outcomes.some((one) => one === name);

class ConditionReader {
  readonly #text: string;
  readonly #data: CohortData;
  #at = 0;

  constructor(text: string, data: CohortData) {
    this.#text = text;
    this.#data = data;
  }

  /** The match at this place, which is then behind it. */
  takes(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  end(): void {
    this.takes(/\s*/y);
    if (this.#at < this.#text.length)
      throw this.#fault(`"${this.#text.slice(this.#at)}" is not understood`, 'Join conditions by "and".');
  }

  condition(): CohortCondition {
    this.takes(/\s*/y);
    const quoted = this.takes(/"([^"]*)"|'([^']*)'/y);
    if (quoted) return this.#column(quoted[1] ?? quoted[2], quoted.index);
    const ofClass = this.takes(/probability\s+of\s+/iy);
    if (ofClass) return this.#probability();
    const start = this.#at;
    const rows = this.takes(/rows?\s+(\d+(?:\s*,\s*\d+)*)(?=\s*(?:$|;|and\s))/iy);
    if (rows) return { kind: 'rows', positions: ascending(rows[1].split(',').map(Number)) };
    const saysOutcome = this.takes(/the\s+(?=actual|predicted|loss|prediction|residual)/iy) !== null;
    const known = saysOutcome ? undefined : this.#longestName();
    if (known !== undefined) {
      if (isOutcome(known) && known !== this.#data.target) throw this.#ambiguous(known, start);
      this.#at += known.length;
      return known === this.#data.target ? this.#actual() : this.#column(known, start);
    }
    const outcome = this.takes(new RegExp(`(${outcomes.join('|')})(?![\\w])`, 'iy'));
    if (outcome) return this.#outcome(outcome[1].toLowerCase() as (typeof outcomes)[number]);
    const name = (this.takes(/[^\s<>=!≥≤≠]+/y)?.[0] ?? '').trim();
    if (name === '') throw this.#fault('a column is missing here', 'Write conditions such as "age > 45".', start);
    throw this.#unknownColumn(name, start);
  }

  /** Names may hold spaces: the longest one that ends here at a space, a sign or the end. */
  #longestName(): string | undefined {
    const rest = this.#text.slice(this.#at);
    return [...this.#data.columns.map(({ name }) => name), this.#data.target]
      .filter((name) => rest.startsWith(name) && /^($|[\s<>=!≥≤≠])/.test(rest.slice(name.length)))
      .sort((a, b) => b.length - a.length)[0];
  }

  #column(name: string, start: number): CohortCondition {
    if (name === this.#data.target) return this.#actual();
    const column = this.#data.columns.find((one) => one.name === name);
    if (!column) throw this.#unknownColumn(name, start);
    const missing = this.takes(missingWords);
    if (missing) return { kind: 'missing', column: name, isNot: !/is\s+missing/i.test(missing[0]) };
    const isNumber = column.type === 'number' || column.type === 'integer' || column.type === 'date';
    return isNumber ? this.#numbers(column) : this.#levels(column);
  }

  #numbers({ name, type }: ColumnInfo): CohortCondition {
    const isDate = type === 'date';
    const range = this.#range(isDate, name);
    return { kind: 'numbers', column: name, ...(isDate && { date: true }), ...range, missing: this.#orMissing() };
  }

  #levels(column: ColumnInfo): CohortCondition {
    const start = this.#at;
    const isNot = this.takes(inequality) !== null;
    if (!isNot && !this.takes(equality)) {
      const compares = this.takes(comparison) ?? this.takes(between);
      throw this.#fault(
        compares
          ? `"${column.name}" is of type ${column.type}, which has no order`
          : `what holds of "${column.name}" is missing`,
        `Write "${column.name} = ${column.levels?.[0]?.level ?? 'LEVEL'}", or "${column.name} is missing".`,
        start,
      );
    }
    const [place, levels] = [this.#at, this.#values()];
    const told = column.levels?.map(({ level }) => level) ?? [];
    // Only the most frequent ones are told here; the rest is seen once the rows are at hand.
    if (told.length > 0 && told.length >= column.distinct)
      for (const level of levels)
        if (!told.includes(level)) throw this.#fault(...unknownLevel(column.name, level, told), place);
    return { kind: 'levels', column: column.name, levels, isNot, missing: this.#orMissing() || isNot };
  }

  #actual(): CohortCondition {
    if (!this.#data.classes) return { kind: 'outcome', of: 'actual', ...this.#range(false, this.#data.target) };
    return { kind: 'actual', ...this.#classes(this.#data.target) };
  }

  #outcome(word: (typeof outcomes)[number]): CohortCondition {
    const { classes } = this.#data;
    if (word === 'loss') return { kind: 'outcome', of: 'loss', ...this.#range(false, word) };
    if (word === 'actual') return this.#actual();
    if (word === 'prediction' || word === 'residual') {
      if (!classes) return { kind: 'outcome', of: word, ...this.#range(false, word) };
      throw this.#fault(
        `classes are predicted, so there is no ${word}`,
        `Write "predicted = ${classes[0]}", or "probability of ${classes[0]} > 0.5".`,
      );
    }
    if (!classes)
      throw this.#fault(
        `a number is predicted, so no row is ${word === 'predicted' ? 'of a class' : word}`,
        'Write "loss > 2", "prediction > 2" or "residual > 2".',
      );
    if (word === 'wrong' || word === 'right') return { kind: 'right', isNot: word === 'wrong' };
    if (this.takes(/\s+(?:as\s+)?wrong(?:ly)?\b/iy)) return { kind: 'right', isNot: true };
    if (this.takes(/\s+(?:as\s+)?right(?:ly)?\b/iy)) return { kind: 'right', isNot: false };
    return { kind: 'predicted', ...this.#classes(word) };
  }

  #probability(): CohortCondition {
    const { classes } = this.#data;
    if (!classes) throw this.#fault('a number is predicted, so there is no probability', 'Write "prediction > 2".');
    const rest = this.#text.slice(this.#at);
    const name = classes.filter((one) => rest.startsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (name === undefined) throw this.#fault(...unknownClass(/^[^\s<>=]*/.exec(rest)![0], classes));
    this.#at += name.length;
    return { kind: 'outcome', of: 'prediction', class: name, ...this.#range(false, `probability of ${name}`) };
  }

  #classes(subject: string): { classes: string[]; isNot: boolean } {
    const isNot = this.takes(inequality) !== null;
    if (!isNot && !this.takes(equality))
      throw this.#fault(`what "${subject}" is, is missing`, `Write "${subject} = ${this.#data.classes?.[0]}".`);
    const [place, classes] = [this.#at, this.#values()];
    const known = this.#data.classes ?? [];
    for (const one of classes) if (!known.includes(one)) throw this.#fault(...unknownClass(one, known), place);
    return { classes, isNot };
  }

  #range(isDate: boolean, subject: string): Range {
    if (this.takes(between)) {
      const low = this.#number(isDate, subject);
      if (!this.takes(/\s+(?:and|to)\s+/iy))
        throw this.#fault('the upper end is missing', `Write "${subject} between 1 and 2".`);
      const high = this.#number(isDate, subject);
      return { low: { value: low, included: true }, high: { value: high, included: true } };
    }
    const compares = this.takes(comparison);
    if (compares) {
      const how = comparisons[compares[1].toLowerCase().replace(/^is\s+/, '')];
      const bound: Bound = { value: this.#number(isDate, subject), included: how === 'at least' || how === 'at most' };
      return how === 'above' || how === 'at least' ? { low: bound, high: null } : { low: null, high: bound };
    }
    const differs = this.takes(inequality);
    if (!differs && this.takes(equality)) {
      const bound = { value: this.#number(isDate, subject), included: true };
      return { low: bound, high: bound };
    }
    throw this.#fault(
      differs ? `"${subject}" is a number: rows can be above or below one` : `what holds of "${subject}" is missing`,
      `Write "${subject} > 2", "${subject} <= 2" or "${subject} between 1 and 2".`,
    );
  }

  #number(isDate: boolean, subject: string): number {
    const start = this.#at;
    const [given] = this.takes(isDate ? /\s*"?[\w:.+-]+"?/y : /\s*[^\s;]+/y) ?? [''];
    const text = given.trim().replaceAll('"', '');
    const value = isDate ? Date.parse(text) : Number(text);
    if (text !== '' && Number.isFinite(value)) return value;
    throw this.#fault(
      text === '' ? `the value of "${subject}" is missing` : `"${text}" is no ${isDate ? 'date' : 'number'}`,
      isDate ? `Write a day, such as "${subject} > 2020-12-31".` : `"${subject}" is compared with numbers.`,
      start,
    );
  }

  /** One value to the next 'and', or several in brackets; quotes keep what is in them together. */
  #values(): string[] {
    const isList = this.takes(/\s*\(\s*/y) !== null;
    const values: string[] = [];
    do {
      const start = this.#at;
      const quoted = this.takes(/\s*(?:"([^"]*)"|'([^']*)')/y);
      const plain = quoted ?? this.takes(isList ? /\s*([^,()]+)/y : /\s*((?:(?!\s+and\s|\s+or\s+missing\b|\s*;).)+)/iy);
      const value = (plain?.[1] ?? plain?.[2])?.trim();
      if (value === undefined || (value === '' && !quoted))
        throw this.#fault('a value is missing here', 'Empty ones are written in quotes.', start);
      values.push(value);
    } while (isList && this.takes(/\s*,\s*/y));
    if (isList && !this.takes(/\s*\)/y))
      throw this.#fault('the bracket is not closed', 'Write "town in (York, Leeds)".');
    return values;
  }

  #orMissing(): boolean {
    return this.takes(/\s+or\s+missing\b/iy) !== null;
  }

  #ambiguous(name: string, start: number): UserError {
    const advice = `In quotes it is the column; write "the ${name}" for that of the model.`;
    return this.#fault(`there is a column "${name}", too`, advice, start);
  }

  #unknownColumn(name: string, start: number): UserError {
    const names = this.#data.columns.filter(({ role }) => role !== 'ignored').map((one) => one.name);
    const meant = nearest(name, [...names, ...outcomes]);
    const few = names.length <= 12 ? ` Columns: ${names.join(', ')}.` : '';
    return this.#fault(
      `there is no column "${name}"`,
      meant === undefined ? `A name that holds spaces may stand in quotes.${few}` : `Did you mean "${meant}"?`,
      start,
    );
  }

  #fault(message: string, advice: string, at = this.#at): UserError {
    const place = at + (/^\s*/.exec(this.#text.slice(at))?.[0].length ?? 0) + 1;
    return new UserError('cohort-condition', `in "${this.#text}", at character ${place}: ${message}.`, { advice });
  }
}

/** What is wrong with a level that no row has, and what to do. */
export const unknownLevel = (column: string, level: string, levels: readonly string[]): [string, string] =>
  unknownName(`no row has "${level}" in the column "${column}"`, 'It has', level, levels);

const unknownClass = (name: string, classes: readonly string[]): [string, string] =>
  unknownName(`there is no class "${name}"`, 'Classes are', name, classes);

function unknownName(message: string, they: string, name: string, names: readonly string[]): [string, string] {
  const meant = nearest(name, names);
  if (meant !== undefined) return [message, `Did you mean "${meant}"?`];
  const more = names.length > 12 ? ' and others' : '';
  return [message, `${they} ${more ? `${names.slice(0, 12).join(', ')}${more}` : alternatives(names)}.`];
}
