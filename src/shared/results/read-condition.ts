/** A test of one column as a readable model makes it. */
export type ReadCondition =
  | {
      readonly kind: 'numbers';
      readonly column: string;
      /** Values are milliseconds since 1970-01-01 UTC. */
      readonly date?: boolean;
      /** Holds above this, null: from the least on, and up to this with it, null: to the greatest. */
      readonly above: number | null;
      readonly upTo: number | null;
      /** Whether it holds where the value is missing. */
      readonly missing: boolean;
    }
  | {
      readonly kind: 'levels';
      readonly column: string;
      readonly levels: readonly string[];
      /** Holds for every other level, those never seen included. */
      readonly isNot: boolean;
      readonly missing: boolean;
    }
  | { readonly kind: 'missing'; readonly column: string; readonly isNot: boolean };

/** Cells as a table holds them; a missing one is null. */
export function conditionHolds(condition: ReadCondition, cell: number | string | null): boolean {
  if (condition.kind === 'missing') return (cell === null) !== condition.isNot;
  if (cell === null) return condition.missing;
  if (condition.kind === 'levels') return condition.levels.includes(String(cell)) !== condition.isNot;
  const value = Number(cell);
  return (condition.above === null || value > condition.above) && (condition.upTo === null || value <= condition.upTo);
}

const mostNamed = 8;

/** 'age > 38.5', '2 < x <= 4', 'color is "red" or "blue"', 'income is missing' */
export function conditionWords(condition: ReadCondition): string {
  const { column } = condition;
  if (condition.kind === 'missing') return `${column} is ${condition.isNot ? 'known' : 'missing'}`;
  if (condition.kind === 'levels') return levelsWords(condition);
  const or = condition.missing ? ' or missing' : '';
  const [above, upTo] = [condition.above, condition.upTo].map((edge) =>
    edge === null ? null : edgeWords(edge, condition.date === true),
  );
  if (above === null && upTo === null) return condition.missing ? `${column} is anything` : `${column} is known`;
  if (above === null) return `${column} <= ${upTo}${or}`;
  return upTo === null ? `${column} > ${above}${or}` : `${above} < ${column} <= ${upTo}${or}`;
}

function levelsWords({ column, levels, isNot, missing }: Extract<ReadCondition, { kind: 'levels' }>): string {
  if (levels.length === 0) return isNot ? `${column} is ${missing ? 'anything' : 'known'}` : `${column} is missing`;
  const named = levels.slice(0, mostNamed).map(levelName);
  const more = levels.length > mostNamed ? [`${levels.length - mostNamed} more`] : [];
  // A missing value is said where it is no exception to the rule: 'not red' rules it out only if that is said.
  const others = isNot === missing ? [] : ['missing'];
  const all = [...named, ...more, ...others];
  const listed = all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${all.at(-1)}` : all[0];
  return `${column} is ${isNot ? 'not ' : ''}${listed}`;
}

/** What the preparation calls levels that it joined. */
const rare = '\u0000rare';

export const levelName = (level: string): string => (level === rare ? 'a rare level' : `"${level}"`);

/** Five digits tell any two edges that matter apart. */
export const edgeWords = (value: number, isDate: boolean): string =>
  isDate ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(5)));
