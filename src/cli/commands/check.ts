import { Option } from 'commander';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { checkExperiment } from '../experiment-file.ts';
import { exitCodes } from '../failure.ts';
import { findingLine, isError } from '../finding.ts';
import { sarifLog } from '../sarif.ts';

interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif';
}

export const check: RegisterCommand = (program, act) => {
  program
    .command('check')
    .description('check an experiment file and its data, without running it')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .addOption(
      new Option('--format <format>', 'how faults are printed').choices(['text', 'json', 'sarif']).default('text'),
    )
    .action((file: string, options: CheckOptions) =>
      act(options.format !== 'text', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { format }: CheckOptions,
  { engine, output, signal }: CommandContext,
): Promise<number> {
  const { findings, notes, path } = await checkExperiment(given, engine, signal);
  if (format === 'sarif') output.result(sarifLog(findings, path));
  else output.result({ file: path, diagnostics: findings, notes });
  for (const finding of findings) output.line(`${finding.severity}: ${findingLine(finding, given)}`);
  for (const note of notes) output.line(`note: ${note}`);
  if (findings.length === 0) output.line(`${given}: no faults.`);
  return findings.some(isError) ? exitCodes.userError : exitCodes.done;
}
