import { Option } from 'commander';
import type { Diagnostic } from '../../language/diagnostic.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { diagnosticLine, readExperiment } from '../experiment-file.ts';
import { exitCodes } from '../failure.ts';
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
  const { diagnostics, path } = await readExperiment(given, engine, signal);
  if (format === 'sarif') output.result(sarifLog(diagnostics, path));
  else output.result({ file: path, diagnostics });
  for (const diagnostic of diagnostics) output.line(`${diagnostic.severity}: ${diagnosticLine(diagnostic, given)}`);
  if (diagnostics.length === 0) output.line(`${given}: no faults.`);
  return diagnostics.some(isError) ? exitCodes.userError : exitCodes.done;
}

const isError = ({ severity }: Diagnostic) => severity === 'error';
