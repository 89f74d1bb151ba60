/** One line of CSV (RFC 4180): cells with a comma, a quote or a line break are quoted; what is absent is empty. */
export const csvLine = (cells: readonly unknown[]): string => cells.map(csvCell).join(',');

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
