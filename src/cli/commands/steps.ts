import { Option } from 'commander';
import { stepsWords } from '../../shared/results/steps.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { analysedChoice, rowNumber } from '../numbers.ts';
import { studyFile } from '../study-file.ts';

interface StepsOptions {
  readonly trial: 'best' | 'ensemble' | 'readable' | number;
  readonly row?: number;
  readonly format: 'words' | 'json';
  readonly json?: boolean;
}

export const steps: RegisterCommand = (program, act) => {
  program
    .command('steps')
    .description('show the data after each step of a model’s pipeline, and which step changed a row')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best, readable or ensemble', analysedChoice, 'best' as const)
    .option('--row <i>', 'row of the validation part to follow through the steps', rowNumber)
    .addOption(new Option('--format <format>', 'words, or JSON').choices(['words', 'json']).default('words'))
    .option('--json', 'the same as --format json')
    .action((file: string, options: StepsOptions) =>
      act(options.json === true || options.format === 'json', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial, row }: StepsOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const report = await engine.call('trial.steps', { file: studyFile(given), trial, row }, { signal });
  output.result(report);
  output.line(stepsWords(report));
  return undefined;
}
