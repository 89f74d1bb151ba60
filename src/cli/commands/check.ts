import { Option } from 'commander';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { type DataFindings, dataFindingsWords } from '../../shared/results/data-findings.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { checkExperiment } from '../experiment-file.ts';
import { exitCodes } from '../failure.ts';
import { dataFinding, findingLine, isError } from '../finding.ts';
import { sarifLog } from '../sarif.ts';

interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif';
  readonly data?: boolean;
  readonly only?: readonly string[];
}

export const check: RegisterCommand = (program, act) => {
  program
    .command('check')
    .description('check an experiment file and its data, without running it')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--data', 'look for defects of the data as well: leakage, shared rows, drift, wrong labels')
    .option('--only <checks>', 'of the data checks these alone, as target-leak,drift', (names: string) =>
      names.split(',').map((name) => name.trim()),
    )
    .addOption(
      new Option('--format <format>', 'how faults are printed').choices(['text', 'json', 'sarif']).default('text'),
    )
    .action((file: string, options: CheckOptions) =>
      act(options.format !== 'text', (context) => perform(file, options, context)),
    );
};

/** Errors in the data are for the person to mend as those of the file are: with either the command ends with 1. */
async function perform(given: string, { format, data, only }: CheckOptions, context: CommandContext): Promise<number> {
  const { output } = context;
  const { findings, notes, path, experiment, document } = await checkExperiment(given, context.engine, context.signal);
  const checkable = (data || only) && experiment && !findings.some(isError);
  const defects = checkable ? await defectsOf(experiment, only, context) : undefined;
  const inData = (defects?.findings ?? []).map((finding) => dataFinding(finding, document));
  if (format === 'sarif') output.result(sarifLog([...findings, ...inData], path));
  else output.result({ file: path, diagnostics: findings, notes, ...(defects && { data: defects }) });
  for (const finding of findings) output.line(`${finding.severity}: ${findingLine(finding, given)}`);
  for (const note of notes) output.line(`note: ${note}`);
  if (findings.length === 0) output.line(`${given}: no faults.`);
  if (defects) output.line(dataFindingsWords(defects));
  return [...findings, ...inData].some(isError) ? exitCodes.userError : exitCodes.done;
}

const defectsOf = (
  experiment: Experiment,
  only: readonly string[] | undefined,
  { engine, signal }: CommandContext,
): Promise<DataFindings> => engine.call('data.check', { experiment, ...(only && { checks: [...only] }) }, { signal });
