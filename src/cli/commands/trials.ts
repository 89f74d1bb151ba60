import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Engine } from '../../engine/index.ts';
import { csvLine } from '../../shared/csv.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import type { TrialRecord } from '../../shared/trial.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { metricTitle, metricValue } from '../metric-words.ts';
import { energyCell, type Output, textTable } from '../output.ts';
import { shortPath } from '../short-path.ts';
import { studyFile } from '../study-file.ts';

interface TrialsOptions {
  readonly format: 'table' | 'csv' | 'json';
  readonly output?: string;
}

const page = 10_000;

export const trials: RegisterCommand = (program, act) => {
  program
    .command('trials')
    .description('list the trials of an experiment, best first')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml, or the study of another program')
    .option('-o, --output <file>', 'write them whole, with reasons: JSON, which can be imported again, or CSV')
    .addOption(
      new Option('--format <format>', 'how they are printed').choices(['table', 'csv', 'json']).default('table'),
    )
    .action((file: string, options: TrialsOptions) =>
      act(options.format === 'json', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { format, output: path }: TrialsOptions,
  { engine, output }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  if (path !== undefined) return write(file, path, engine, output);
  const records: TrialRecord[] = [];
  for (let total = 1; records.length < total; ) {
    const answer = await engine.call('trials.list', { file, sort: 'value', offset: records.length, limit: page });
    records.push(...answer.trials);
    total = answer.total;
  }
  const { objectives } = await engine.call('study.show', { file });
  output.result(records);
  if (format === 'csv') for (const line of csvRows(records, objectives)) output.line(line);
  if (format === 'table') for (const line of trialTable(records, objectives)) output.line(line);
  return undefined;
}

async function write(file: string, path: string, engine: Engine, output: Output): Promise<undefined> {
  const answer = await engine.call('study.export', { file, output: resolve(path) });
  output.result(answer);
  output.line(`Wrote ${countWords(answer.trials, 'trial')} to ${shortPath(answer.path)}.`);
  return undefined;
}

export const trialTable = (records: readonly TrialRecord[], objectives: StudySnapshot['objectives']): string[] =>
  textTable(
    [
      { title: 'trial', cell: ({ number }) => String(number), align: 'right' },
      { title: 'learner', cell: ({ learner }) => learner },
      { title: 'state', cell: ({ state }) => state },
      ...objectives.map(({ metric }, index) => ({
        title: metricTitle(metric),
        cell: ({ values }: TrialRecord) => (values ? metricValue(metric, values[index]) : '-'),
        align: 'right' as const,
      })),
      { title: 'seconds', cell: (record) => secondsOf(record)?.toFixed(2) ?? '-', align: 'right' },
      { title: 'energy', cell: ({ energy }) => (energy ? energyCell(energy.wattHours?.value) : '-'), align: 'right' },
      { title: 'remark', cell: (record) => record.message ?? remarkOf(record) },
    ],
    records,
  );

/** What keeps a finished trial from being the best. */
function remarkOf({ constraints = [] }: TrialRecord): string {
  const broken = constraints.filter((value) => value > 0).length;
  return broken > 0 ? `breaks ${countWords(broken, 'constraint')}` : '';
}

const secondsOf = ({ energy, startedAt, endedAt }: TrialRecord): number | undefined =>
  energy?.seconds ?? (startedAt === undefined || endedAt === undefined ? undefined : (endedAt - startedAt) / 1000);

/** One column a metric and a parameter, empty where a trial has none; an objective that is no metric, another program's, has its own. */
function csvRows(records: readonly TrialRecord[], objectives: StudySnapshot['objectives']): string[] {
  const names = (pick: (record: TrialRecord) => object) =>
    [...new Set(records.flatMap((record) => Object.keys(pick(record))))].sort();
  const metricColumns = names(({ metrics }) => metrics);
  const others = [...objectives.entries()].filter(([, { metric }]) => !metricColumns.includes(metric));
  const paramColumns = names(({ params }) => params);
  const head = [
    'trial',
    'learner',
    'state',
    ...others.map(([, { metric }]) => metric),
    ...metricColumns,
    ...paramColumns.map((name) => `params.${name}`),
    'message',
  ];
  const rows = records.map(({ number, learner, state, values, metrics, params, message }) => [
    number,
    learner,
    state,
    ...others.map(([at]) => values?.[at]),
    ...metricColumns.map((name) => metrics[name]),
    ...paramColumns.map((name) => params[name]),
    message,
  ]);
  return [head, ...rows].map(csvLine);
}
