import { resultWords } from '../../shared/results/words.ts';
import { type CohortOptions, cohortOf, cohortOption, whereOption } from '../cohort-options.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { analysedChoice } from '../numbers.ts';
import { studyFile } from '../study-file.ts';

interface AttackOptions extends CohortOptions {
  readonly trial: 'best' | 'ensemble' | 'readable' | number;
  readonly json?: boolean;
}

export const attack: RegisterCommand = (program, act) => {
  program
    .command('attack')
    .description('look for small valid edits of rows that flip the predictions of a model')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best, readable or ensemble', analysedChoice, 'best' as const)
    .addOption(whereOption())
    .addOption(cohortOption())
    .option('--json', 'print the report as JSON')
    .action((file: string, options: AttackOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial, ...rows }: AttackOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const report = await engine.call('trial.attack', { file: studyFile(given), trial, ...cohortOf(rows) }, { signal });
  output.result(report);
  output.line(resultWords(report));
  return undefined;
}
