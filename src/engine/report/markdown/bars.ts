const width = 20;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of text as long as the value's share of the largest: drawn alike by every code host, and read as nothing by a screen reader. */
export function bar(value: number, largest: number): string {
  if (!(largest > 0) || !Number.isFinite(value)) return '';
  const pieces = Math.round(8 * width * Math.min(1, Math.abs(value) / largest));
  return `${'█'.repeat(pieces >> 3)}${eighths[pieces & 7]}`;
}

const heights = '▁▂▃▄▅▆▇█';
const mostPoints = 32;

/** A curve as a row of blocks, between its own least and greatest value. */
export function curve(values: readonly number[]): string {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0) return '';
  const step = Math.max(1, known.length / mostPoints);
  const shown = Array.from({ length: Math.min(mostPoints, known.length) }, (_, i) => known[Math.floor(i * step)]);
  const height = (value: number) => (high > low ? Math.round((7 * (value - low)) / (high - low)) : 0);
  return shown.map((value) => heights[height(value)]).join('');
}
