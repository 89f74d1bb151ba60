import { Option } from 'commander';
import type { Direction } from '../../shared/metrics.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { studyAddress } from '../../shared/study-address.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { dim } from '../output.ts';
import { shortPath } from '../short-path.ts';
import { studyFile } from '../study-file.ts';

interface ImportOptions {
  readonly study?: string;
  readonly value?: readonly string[];
  readonly direction?: readonly Direction[];
  readonly format?: string;
  readonly json?: boolean;
}

export const importStudy: RegisterCommand = (program, act) => {
  program
    .command('import')
    .description(
      'copy the study of another program into the store beside its file: Optuna, SMAC, HpBandSter, Ray Tune, CSV',
    )
    .argument('<file>', 'its file; every other command then takes it for an experiment file')
    .option('--study <name>', 'which of several studies in the file')
    .option('--value <names...>', 'which columns or metrics were searched for, the first ranks')
    .addOption(
      new Option('--direction <directions...>', 'whether lower or higher values are better, one for each').choices([
        'minimize',
        'maximize',
      ]),
    )
    .option('--format <name>', 'the format, where its content does not tell')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: ImportOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { study, value, direction, format }: ImportOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const path = studyAddress(studyFile(given), { study, values: value, directions: direction });
  const answer = await engine.call('study.import', { path, format }, { signal });
  output.result(answer);
  const file = shortPath(answer.file);
  output.line(`Imported "${answer.name}" of ${answer.program}: ${countWords(answer.trials, 'trial')}.`);
  for (const note of answer.notes) output.line(dim(`note: ${note}`));
  output.line(`Look at it: vitrine trials ${file}, vitrine importance ${file}, vitrine report ${file}.`);
  return undefined;
}
