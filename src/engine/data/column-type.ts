import type { ColumnType } from '../../shared/dataset.ts';
import { type ColumnProfile, type DateFormat, dateFormats, readsDecimalCommas } from './column-profile.ts';

export interface InferredType {
  readonly type: ColumnType;
  /** Why, in a sentence. */
  readonly reason: string;
  /** Something the person should check. */
  readonly note?: string;
}

/** Fewer rows than this say nothing about whether values repeat. */
const fewestRowsForId = 20;
const booleanPairs = ['0 1', 'false true', 'no yes', 'n y', 'f t', 'off on'];
const idName = /(^|[_\s.-])(id|uuid|guid|index|idx|key|row|no|nr)$|[a-z](Id|ID|Key|Index)$|^unnamed/;
const namedLikeId = (name: string) => idName.test(name) || idName.test(name.toLowerCase());

/**
 * The type of a column from what its text looks like, and why. A target is never an id or a text: what repeats in it is its classes.
 * Pure: everything known is in the profile.
 */
export function inferType(profile: ColumnProfile, isTarget = false): InferredType {
  if (profile.present === 0) return { type: 'category', reason: 'every value is missing' };
  return (
    inferBoolean(profile) ??
    inferCode(profile) ??
    inferNumber(profile, isTarget) ??
    inferDate(profile) ??
    inferWords(profile, isTarget)
  );
}

function inferBoolean({ distinct, examples }: ColumnProfile): InferredType | undefined {
  if (distinct !== 2) return undefined;
  const pair = [...examples].sort();
  const known = booleanPairs.includes(
    pair
      .map((value) => value.toLowerCase())
      .sort()
      .join(' '),
  );
  return known ? { type: 'boolean', reason: `only "${pair[0]}" and "${pair[1]}" stand here` } : undefined;
}

/** Digits that are names, not quantities. */
function inferCode(profile: ColumnProfile): InferredType | undefined {
  if (profile.numbers < profile.present) return undefined;
  if (profile.leadingZeros > 0) {
    return { type: 'category', reason: 'digits with leading zeros are codes, not quantities' };
  }
  if (profile.beyondDouble > 0) {
    const id = profile.distinct === profile.present && profile.present >= fewestRowsForId;
    return { type: id ? 'id' : 'category', reason: 'whole numbers too large to calculate with exactly are codes' };
  }
  return undefined;
}

function inferNumber(profile: ColumnProfile, isTarget: boolean): InferredType | undefined {
  const { present, numbers, infinities, whole, distinct } = profile;
  if (readsDecimalCommas(profile)) {
    return {
      type: 'number',
      reason: 'every value is a number with a decimal comma',
      note: `Commas in "${profile.name}" are read as decimal points ("${profile.examples.find((e) => e.includes(',')) ?? profile.examples[0]}").`,
    };
  }
  if (numbers === 0 || numbers + infinities < present) return undefined;
  if (whole < present) return { type: 'number', reason: 'every value is a number' };
  if (!isTarget && distinct === present && present >= fewestRowsForId && namedLikeId(profile.name)) {
    return { type: 'id', reason: 'whole numbers, all different, under the name of an identifier' };
  }
  return { type: 'integer', reason: 'every value is a whole number' };
}

/** The one format that all values follow; undefined where none does, or where two do and disagree. */
export function dateFormatOf(profile: ColumnProfile): DateFormat | undefined {
  if (profile.present === 0) return undefined;
  const complete = formats.filter((format) => profile.dates[format] === profile.present);
  return complete.length === 1 ? complete[0] : undefined;
}

const formats = Object.keys(dateFormats) as DateFormat[];

function inferDate(profile: ColumnProfile): InferredType | undefined {
  const format = dateFormatOf(profile);
  return format && { type: 'date', reason: `every value is a date, written ${format}; UTC where no zone is given` };
}

function inferWords(profile: ColumnProfile, isTarget: boolean): InferredType {
  const note = doubtful(profile);
  const { distinct, present } = profile;
  if (isTarget || note) return { type: 'category', reason: words(profile), note };
  const long = profile.meanLength >= 30 || profile.meanWords >= 4;
  if (long && distinct > Math.max(20, present / 2)) {
    return {
      type: 'text',
      reason: `${distinct} different texts, ${Math.round(profile.meanLength)} characters long on average`,
    };
  }
  if (distinct === present && present >= fewestRowsForId) return { type: 'id', reason: 'every value is different' };
  return { type: 'category', reason: words(profile), note };
}

const words = ({ distinct }: ColumnProfile) =>
  `${distinct} different ${distinct === 1 ? 'value' : 'values'} that are not numbers`;

/** Columns that look like numbers or dates to a person, but could be read in two ways or not wholly. */
function doubtful(profile: ColumnProfile): string | undefined {
  const { name, present } = profile;
  const example = profile.examples[0];
  if (
    profile.decimalCommas > 0 &&
    profile.thousandsLike === profile.decimalCommas &&
    profile.decimalCommas + profile.numbers === present
  ) {
    return `"${name}" is read as a category: "${example}" could mean thousands or a decimal comma. Write its numbers with a point and without separators.`;
  }
  if (profile.dates['day/month/year'] === present && profile.dates['month/day/year'] === present) {
    return `"${name}" is read as a category: "${example}" could be day/month or month/day. Write its dates as year-month-day.`;
  }
  const others = present - profile.numbers - profile.infinities;
  if (others > 0 && others <= present / 20) {
    return `"${name}" is read as a category, though all but ${others} of its values are numbers; \`types: {${name}: number}\` names the first that is not.`;
  }
  return undefined;
}
