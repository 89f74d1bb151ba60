import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The shared tables, each with a train and a test part. */
export const tables = fileURLToPath(new URL('../../../shared/data/tabular/', import.meta.url));

/** Losses by data set and tool, as RESULTS.md beside the tables has them: one seed, 60 s, two threads. */
export function peerResults(): Map<string, Map<string, number>> {
  const rows = readFileSync(`${tables}RESULTS.md`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('*', '').trim()),
    );
  const [header, , ...body] = rows;
  const sets = body.filter(([name]) => existsSync(`${tables}${name}`));
  return new Map(
    sets.map(([name, ...cells]) => [name, new Map(cells.map((cell, i) => [header[i + 1], Number(cell)]))]),
  );
}
