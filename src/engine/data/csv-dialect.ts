/** How a CSV file's cells are parted, and the names of its first line. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly names: readonly string[];
}

const candidates = [',', ';', '\t', '|'] as const;
export const delimiterWords: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/**
 * Finds the delimiter that parts most of the first lines into as many cells as the header has, the earlier of
 * , ; tab | where two do equally well. Values themselves are read by DuckDB.
 */
export function csvDialect(head: string): CsvDialect {
  let best: CsvDialect = { delimiter: ',', names: firstRecords(head, ',', 1)[0] ?? [] };
  let bestScore = 0;
  for (const delimiter of candidates) {
    const [header, ...others] = firstRecords(head, delimiter, 100);
    if (!header || header.length < 2) continue;
    const agreeing = others.filter((record) => record.length === header.length).length;
    const score = (1 + agreeing) / (1 + others.length) + header.length * 1e-6;
    if (score > bestScore) {
      best = { delimiter, names: header };
      bestScore = score;
    }
  }
  return { ...best, names: best.names.map((name) => name.trim()) };
}

/** The first `count` records (RFC 4180), blank lines and a last, possibly cut, record left out where more than one is asked for. */
function firstRecords(text: string, delimiter: string, count: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let value = '';
  let quoted = false;
  const endRecord = () => {
    record.push(value);
    if (record.length > 1 || value !== '') records.push(record);
    record = [];
    value = '';
  };
  for (let i = 0; i < text.length && records.length < count; i++) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') value += char;
      else if (text[i + 1] === '"') value += text[++i];
      else quoted = false;
    } else if (char === '"' && value === '') quoted = true;
    else if (char === delimiter) {
      record.push(value);
      value = '';
    } else if (char === '\n' || char === '\r') endRecord();
    else value += char;
  }
  if (records.length === 0) endRecord();
  return records;
}
