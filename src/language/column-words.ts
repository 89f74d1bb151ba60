import type { KnownColumn } from './context.ts';

const rounded = (value: number): string => String(Number(value.toPrecision(4)));

/** The spread of a column's values in a sentence; undefined where it is not known. */
function spread({ type, numeric, levels }: KnownColumn): string | undefined {
  if (numeric) {
    const { minimum, maximum, mean, quartiles } = numeric;
    if (type === 'date')
      return `From ${new Date(minimum).toISOString().slice(0, 10)} to ${new Date(maximum).toISOString().slice(0, 10)}.`;
    return `From ${rounded(minimum)} to ${rounded(maximum)}, mean ${rounded(mean)}, median ${rounded(quartiles[1])}.`;
  }
  if (!levels || levels.length === 0) return undefined;
  const most = levels.slice(0, 6).map(({ level, count }) => `${level} (${count})`);
  return `${most.join(', ')}${levels.length > most.length ? ', ...' : ''}.`;
}

/** 'category, 3 different values, 11 missing' */
export const columnDetail = ({ type, distinct, missing }: KnownColumn): string =>
  [
    type,
    distinct !== undefined && `${distinct} different ${distinct === 1 ? 'value' : 'values'}`,
    missing ? `${missing} missing` : undefined,
  ]
    .filter(Boolean)
    .join(', ');

/** What is known of a column, as Markdown. */
export const columnWords = (column: KnownColumn): string =>
  [`**${column.name}**: ${columnDetail(column) || 'column'}`, spread(column), column.reason]
    .filter(Boolean)
    .join('\n\n');
