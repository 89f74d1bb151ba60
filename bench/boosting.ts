import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Dataset } from '../src/engine/data/dataset.ts';
import { loadDataset } from '../src/engine/data/load-dataset.ts';
import { loadTestDataset } from '../src/engine/data/load-test-dataset.ts';
import { boosting } from '../src/engine/learners/boosting/boosting.ts';
import { metricValue } from '../src/engine/metrics/measure.ts';
import { createRandom } from '../src/engine/random.ts';
import { pythonWith } from './python.ts';
import { type PeerProcess, startPeerProcess } from './search/peer-process.ts';

/**
 * node bench/boosting.ts [--sets adult,magic] [--pairs 7] [--million] [--scale] [--no-peer]: 100 rounds of 31 leaves, learning rate 0.1,
 * beside LightGBM with the same on one thread, in alternation; processor seconds and medians of the pairs' ratios. Fitting counts binning on
 * both sides.
 * --million: a generated table of 1,000,000 rows x 20 columns as well, with the time that a cancel takes and the process's peak memory.
 * --scale: our processor seconds of a fit from 10,000 to 1,000,000 rows of it. --no-peer: our own times alone.
 */
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: 'adult,magic,537_houses,satimage' },
    pairs: { type: 'string', default: '7' },
    million: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
    'no-peer': { type: 'boolean', default: false },
  },
});
const tables = fileURLToPath(new URL('../../shared/data/tabular/', import.meta.url));
const pairs = Number(options.pairs);
const rounds = 100;
const params = {
  learning_rate: 0.1,
  leaves: 31,
  min_leaf_rows: 20,
  l2: 0,
  row_sample: 1,
  column_sample: 1,
  random_cuts: false,
};
const { signal } = new AbortController();
const context = { seed: 1, signal, report: async () => 'continue' as const };

interface Measured {
  readonly fit: number;
  readonly predict: number;
  readonly loss: number;
}

interface Table {
  readonly name: string;
  readonly train: Dataset;
  readonly test: Dataset;
  /** What tells the peer where the same table is. */
  readonly place: Record<string, unknown>;
}

/** Columns of whole numbers without a point are codes of categories in these files (their README). */
function codesIn(folder: string): string[] {
  const [header, row] = gunzipSync(readFileSync(`${folder}/train.csv.gz`))
    .toString()
    .split('\n', 2);
  const cells = row.split(',');
  return header.split(',').filter((name, i) => name !== 'target' && /^\d+$/.test(cells[i]));
}

async function load(name: string): Promise<Table> {
  const folder = `${tables}${name}`;
  const codes = codesIn(folder);
  const types = Object.fromEntries(codes.map((code) => [code, 'category' as const]));
  const train = await loadDataset({ path: `${folder}/train.csv.gz`, target: 'target', types }, signal);
  const test = await loadTestDataset({ path: `${folder}/test.csv.gz` }, train, signal);
  return { name, train, test, place: { csv: folder, codes, task: train.info.task, warm_up: rounds } };
}

/** Normal columns; the class follows a line, the larger of two and a wave of them, and noise: nothing that chance alone would find. */
function generated(rows: number, columns: number): { train: Dataset; values: Float64Array } {
  const random = createRandom(1);
  const values = new Float64Array(rows * (columns + 1));
  for (let row = 0; row < rows; row++) {
    const x = values.subarray(row * (columns + 1), (row + 1) * (columns + 1));
    for (let column = 0; column < columns; column++) x[column] = random.normal();
    x[columns] = x[0] + Math.max(x[1], x[2]) - 0.56 + Math.sin(2 * x[3]) + random.normal() > 0 ? 1 : 0;
  }
  return { train: datasetOf(values, 0, rows, columns), values };
}

function datasetOf(values: Float64Array, begin: number, end: number, columns: number): Dataset {
  const rowCount = end - begin;
  const column = (at: number) =>
    Float64Array.from({ length: rowCount }, (_, i) => values[(begin + i) * (columns + 1) + at]);
  const classes = ['0', '1'];
  return {
    info: {
      path: 'generated',
      rowCount,
      columns: [],
      target: 'y',
      task: 'binary',
      classes,
      hash: 'generated',
      notes: [],
    },
    features: {
      rowCount,
      columns: Array.from({ length: columns }, (_, at) => ({
        kind: 'numeric',
        name: `x${String(at).padStart(2, '0')}`,
        type: 'number',
        values: column(at),
      })),
    },
    target: { kind: 'classes', codes: Int32Array.from(column(columns)), classes },
    rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row),
    keys: { rowCount, columns: [] },
  };
}

/** Of all threads of this process, garbage collection and compilation included: what other work on the machine changes least. */
const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function measure({ train, test }: Table): Promise<Measured> {
  const begin = processorSeconds();
  const model = await boosting.fit({ ...context, train, resource: rounds }, params);
  const fitted = processorSeconds();
  const prediction = await model.predict(test.features);
  const done = processorSeconds();
  const loss = metricValue(train.info.task === 'regression' ? 'rmse' : 'log_loss', prediction, test.target)!;
  return { fit: fitted - begin, predict: done - fitted, loss };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const cell = (value: number, digits: number) => value.toFixed(digits).padStart(10);

async function compare(table: Table, peer: PeerProcess | undefined): Promise<void> {
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  peer?.write(table.place);
  await peer?.read();
  await measure(table);
  for (let i = 0; i < pairs; i++) {
    ours.push(await measure(table));
    if (!peer) continue;
    peer.write({ rounds });
    theirs.push((await peer.read()) as Measured);
  }
  for (const part of ['fit', 'predict'] as const) {
    const own = median(ours.map((each) => each[part]));
    const other = median(theirs.map((each) => each[part]));
    const ratios = theirs.map((each, i) => ours[i][part] / each[part]);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `${table.name.padEnd(14)}${part.padEnd(8)}${cell(own, 4)}${peer ? `${cell(other, 4)}${cell(median(ratios), 2)}  (${range})` : ''}`,
    );
  }
  const [own, other] = [ours[0].loss, theirs[0]?.loss ?? Number.NaN];
  console.log(
    `${table.name.padEnd(14)}loss    ${cell(own, 4)}${peer ? `${cell(other, 4)}${cell(own / other, 4)}` : ''}`,
  );
}

async function million(peer: PeerProcess | undefined): Promise<void> {
  const [rows, testRows, columns] = [1_000_000, 100_000, 20];
  const { values } = generated(rows + testRows, columns);
  const train = datasetOf(values, 0, rows, columns);
  const test = datasetOf(values, rows, rows + testRows, columns);
  const raw = join(tmpdir(), `boosting-${process.pid}.bin`);
  writeFileSync(raw, values);
  try {
    const place = { raw, rows_train: rows, rows_test: testRows, columns, task: 'binary', warm_up: 5 };
    await compare({ name: 'million', train, test, place }, peer);
  } finally {
    rmSync(raw);
  }
  await cancels(train);
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `peak memory of this process, the tables and ${rows * 21 * 8 * 2e-6} MB of raw numbers included: ${peak.toFixed(0)} MB`,
  );
}

/** How long a fit goes on after it was told to stop, at moments spread over binning and the first rounds. */
async function cancels(train: Dataset): Promise<void> {
  const waits: number[] = [];
  for (const after of [50, 300, 800, 1500, 2500]) {
    const controller = new AbortController();
    // Counted from when the timer was due: that its turn comes late is part of the wait.
    const due = performance.now() + after;
    setTimeout(() => controller.abort(), after);
    await boosting
      .fit({ ...context, signal: controller.signal, train, resource: rounds }, params)
      .catch(() => undefined);
    waits.push(performance.now() - due);
  }
  console.log(`cancelled at five moments: answered within ${Math.max(...waits).toFixed(0)} ms`);
}

async function scale(): Promise<void> {
  const columns = 20;
  const { values } = generated(1_280_000, columns);
  let before = Number.NaN;
  for (let rows = 10_000; rows <= 1_280_000; rows *= 2) {
    const train = datasetOf(values, 0, rows, columns);
    const seconds: number[] = [];
    for (let i = 0; i < 2; i++) {
      const begin = processorSeconds();
      await boosting.fit({ ...context, train, resource: rounds }, params);
      seconds.push(processorSeconds() - begin);
    }
    const now = Math.min(...seconds);
    console.log(
      `${String(rows).padStart(9)} rows ${cell(now, 2)} s${before > 0 ? `, ${(now / before).toFixed(2)} times the half` : ''}`,
    );
    before = now;
  }
}

const peer = options['no-peer']
  ? undefined
  : await startPeerProcess(
      '../learners/lightgbm-peer.py',
      pythonWith('learners', ['lightgbm==4.7.0', 'pandas==2.3.3']),
    );
if (peer) console.log(`LightGBM ${peer.version}, one thread, ${rounds} rounds of 31 leaves; ${pairs} pairs`);
console.log(`${''.padEnd(22)}${'ours'.padStart(10)}${'LightGBM'.padStart(10)}${'ratio'.padStart(10)}`);
if (!existsSync(tables)) console.log(`The shared tables are not here (${tables}).`);
else for (const name of options.sets.split(',').filter((each) => each !== '')) await compare(await load(name), peer);
if (options.million) await million(peer);
if (options.scale) await scale();
peer?.close();
