import { Option } from 'commander';
import { csvLine } from '../../shared/csv.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import type { TrialRecord } from '../../shared/trial.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { metricTitle, metricValue } from '../metric-words.ts';
import { energyCell, textTable } from '../output.ts';
import { studyFile } from '../study-file.ts';

interface TrialsOptions {
  readonly format: 'table' | 'csv' | 'json';
}

const page = 10_000;

export const trials: RegisterCommand = (program, act) => {
  program
    .command('trials')
    .description('list the trials of an experiment, best first')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .addOption(
      new Option('--format <format>', 'how they are printed').choices(['table', 'csv', 'json']).default('table'),
    )
    .action((file: string, options: TrialsOptions) =>
      act(options.format === 'json', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { format }: TrialsOptions,
  { engine, output }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  const records: TrialRecord[] = [];
  for (let total = 1; records.length < total; ) {
    const answer = await engine.call('trials.list', { file, sort: 'value', offset: records.length, limit: page });
    records.push(...answer.trials);
    total = answer.total;
  }
  const { objectives } = await engine.call('study.show', { file });
  output.result(records);
  if (format === 'csv') for (const line of csvRows(records)) output.line(line);
  if (format === 'table') for (const line of trialTable(records, objectives)) output.line(line);
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
      { title: 'seconds', cell: ({ energy }) => energy?.seconds.toFixed(2) ?? '-', align: 'right' },
      { title: 'energy', cell: ({ energy }) => (energy ? energyCell(energy.wattHours?.value) : '-'), align: 'right' },
      { title: 'remark', cell: ({ message }) => message ?? '' },
    ],
    records,
  );

/** One column a metric and a parameter, empty where a trial has none. */
function csvRows(records: readonly TrialRecord[]): string[] {
  const names = (pick: (record: TrialRecord) => object) =>
    [...new Set(records.flatMap((record) => Object.keys(pick(record))))].sort();
  const metricColumns = names(({ metrics }) => metrics);
  const paramColumns = names(({ params }) => params);
  const head = [
    'trial',
    'learner',
    'state',
    ...metricColumns,
    ...paramColumns.map((name) => `params.${name}`),
    'message',
  ];
  const rows = records.map(({ number, learner, state, metrics, params, message }) => [
    number,
    learner,
    state,
    ...metricColumns.map((name) => metrics[name]),
    ...paramColumns.map((name) => params[name]),
    message,
  ]);
  return [head, ...rows].map(csvLine);
}
