import { defaultMetric } from '../shared/metrics.ts';
import type { Task } from '../shared/task.ts';
import { columnDetail } from './column-words.ts';
import type { KnownColumn } from './context.ts';
import { nameOfFile } from './file-path.ts';
import { inferredTasks } from './possible-tasks.ts';
import { scalarText } from './scalar.ts';

export interface TemplateOptions {
  /** Relative to the experiment file. */
  readonly dataPath: string;
  readonly target: string;
  /** Left for Vitrine to infer when absent. */
  readonly task?: Task;
  /** A share such as 0.2, 'none', or a file relative to the experiment file; default 0.2. */
  readonly test?: number | string;
  readonly columns?: readonly KnownColumn[];
}

/** Comments stand in one column, so that the file reads as a table. */
const commented = (code: string, comment: string): string => `${code.padEnd(44)} # ${comment}`;

const list = (names: readonly string[]): string => `[${names.map(scalarText).join(', ')}]`;

const dataFileTypes = /\.(?:csv|tsv|txt|parquet|json|jsonl|ndjson)(?:\.gz)?$/i;

function splitLines(test: number | string = 0.2): string[] {
  const share = typeof test === 'number' ? test : Number(test);
  const isShare = String(test).trim() !== '' && Number.isFinite(share);
  const why = isShare
    ? 'kept for the final score; the search never sees these rows'
    : test === 'none'
      ? 'no final score on unseen rows'
      : 'scored at the end; the search never sees it';
  return [
    '  split:',
    commented(`    test: ${scalarText(isShare ? share : test)}`, why),
    commented('    validation: {folds: 5}', 'how trials are judged; or {holdout: 0.2}'),
  ];
}

/** Columns that name rows say nothing about new rows. */
function columnLines(columns: readonly KnownColumn[], target: string): string[] {
  const others = columns.filter(({ name }) => name !== target);
  const ids = others.filter(({ type }) => type === 'id').map(({ name }) => name);
  const example = others.find(({ name, type }) => type === 'category' && !ids.includes(name))?.name ?? 'COLUMN';
  return [
    ids.length > 0 && ids.length < others.length
      ? commented(`  ignore: ${list(ids)}`, 'different in every row')
      : commented('  # ignore: [COLUMN]', 'columns that no model may see'),
    commented(`  # sensitive: ${list([example])}`, 'columns to watch; attacks leave them alone'),
  ];
}

function taskLines(task: Task | undefined, target: KnownColumn | undefined): string[] {
  const possible = target ? inferredTasks(target) : [];
  const likely = task ?? (possible.length === 1 ? possible[0] : undefined);
  const metric = likely ? defaultMetric(likely) : 'log_loss or rmse';
  return [
    task
      ? commented(`task: ${task}`, 'binary, multiclass or regression')
      : commented(`# task: ${likely ?? 'binary'}`, 'inferred from the target; say so to be sure'),
    commented(
      `# objectives: [${likely ? metric : 'log_loss'}, energy]`,
      `default: ${metric}; the first ranks the leaderboard`,
    ),
  ];
}

/** The first experiment file for some data: it runs as it is, and its comments say what else there is. */
export function experimentTemplate({ dataPath, target, task, test, columns = [] }: TemplateOptions): string {
  const column = columns.find(({ name }) => name === target);
  const name = nameOfFile(dataPath).replace(dataFileTypes, '');
  const lines = [
    '# An experiment of Vitrine: vitrine run FILE, or Run above the name in VS Code. Every key is in docs/experiment-file.md.',
    `name: ${scalarText(name)}`,
    'data:',
    commented(
      `  path: ${scalarText(dataPath.replaceAll('\\', '/'))}`,
      'CSV, TSV, Parquet or JSON, relative to this file',
    ),
    commented(`  target: ${scalarText(target)}`, (column && columnDetail(column)) || 'the column to predict'),
    ...splitLines(test),
    ...columnLines(columns, target),
    '',
    ...taskLines(task, column),
    commented('# learners: [logistic, tree, boosting]', 'default: all that suit the data'),
    '# space:',
    commented(
      '#   boosting: {learning_rate: {float: [0.01, 0.3], log: true}}',
      'only what should differ from the defaults',
    ),
    '',
    commented('search: {seed: 1}', 'same file, same seed, one worker: same trials'),
    commented('budget: {time: 10m}', 'also trials: 200, energy: 20Wh, co2: 10g, cost: 0.10 EUR'),
    commented('# energy: {region: FRA, price: 0.25 EUR/kWh}', 'your grid and price; default: World'),
  ];
  return `${lines.join('\n')}\n`;
}
