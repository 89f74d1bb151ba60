import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../src/engine/random.ts';

/**
 * node bench/data-loading.ts [ROWS]: loads a CSV of 20 columns (12 of fractions, 4 of whole numbers, 2 of words, a date and the target), 1,000,000
 * rows unless told otherwise, in a child with a heap of 512 MB; prints seconds and the child's peak memory, and fails above 4 GB.
 */
const limitMegabytes = 4096;
const rows = Number(process.argv[2] ?? 1_000_000);
const numbers = Array.from({ length: 12 }, (_, i) => `number_${i}`);
const counts = Array.from({ length: 4 }, (_, i) => `count_${i}`);

function* lines(): Generator<string> {
  const random = createRandom(1);
  yield `${[...numbers, ...counts, 'kind', 'city', 'day', 'target'].join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    const cells = [
      ...numbers.map(() => random.uniform() * 10 - 5),
      ...counts.map(() => random.integer(1000)),
      `kind ${random.integer(12)}`,
      `city ${random.integer(3000)}`,
      `2024-0${1 + random.integer(9)}-1${random.integer(9)}`,
      random.uniform() < 0.3 ? 'yes' : 'no',
    ];
    yield `${cells.join(',')}\n`;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
try {
  const path = join(folder, 'large.csv');
  await pipeline(Readable.from(lines()), createWriteStream(path));
  const program = fileURLToPath(new URL('../test/engine/data/load-in-child.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--max-old-space-size=512', program, path, 'target'], {
    encoding: 'utf8',
  });
  const { seconds, peakMegabytes, columns } = JSON.parse(output);
  console.log(
    `rows             ${rows.toLocaleString('en')} x ${columns} columns, ${Math.round(statSync(path).size / 1e6)} MB of CSV`,
  );
  console.log(`load             ${seconds.toFixed(1)} s`);
  console.log(`peak memory      ${Math.round(peakMegabytes)} MB (limit ${limitMegabytes} MB)`);
  if (peakMegabytes > limitMegabytes) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
