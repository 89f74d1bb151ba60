import { InvalidArgumentError } from 'commander';
import { searchOutlookWords } from '../../shared/results/search-outlook.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { positiveInteger } from '../numbers.ts';
import { studyFile } from '../study-file.ts';

interface OutlookOptions {
  readonly trials: number;
  readonly epsilon: number;
  readonly json?: boolean;
}

export const outlook: RegisterCommand = (program, act) => {
  program
    .command('outlook')
    .description('say whether you may stop: the chance that further trials improve the best, and by how much')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trials <n>', 'further trials', positiveInteger, 20)
    .option('--epsilon <amount>', 'an improvement smaller than this is none', amount, 0)
    .option('--json', 'print the result as JSON')
    .action((file: string, options: OutlookOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trials, epsilon }: OutlookOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const told = await engine.call('search.outlook', { file: studyFile(given), trials, epsilon }, { signal });
  output.result(told);
  output.line(searchOutlookWords(told));
  return undefined;
}

function amount(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number of 0 or more.');
  return value;
}
