import { searchWhyWords } from '../../shared/results/search-why.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { trialChoice } from '../numbers.ts';
import { heading } from '../output.ts';
import { studyFile } from '../study-file.ts';

interface WhyOptions {
  readonly trial: 'best' | number;
  readonly json?: boolean;
}

export const why: RegisterCommand = (program, act) => {
  program
    .command('why')
    .description('say why the search tried a configuration, and why it was stopped, as recorded when it happened')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <best|n>', 'the trial', trialChoice, 'best' as const)
    .option('--json', 'print the record as JSON')
    .action((file: string, options: WhyOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(given: string, { trial }: WhyOptions, { engine, output }: CommandContext): Promise<undefined> {
  const told = await engine.call('search.why', { file: studyFile(given), trial });
  output.result(told);
  output.line(heading(`Trial ${told.trial}`));
  for (const { title, words } of searchWhyWords(told)) {
    output.line();
    output.line(heading(title));
    output.line(words);
  }
  return undefined;
}
