import { Option } from 'commander';
import { operations } from '../../shared/operations/operations.ts';
import { resultWords } from '../../shared/results/words.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { rowNumber, trialChoice } from '../numbers.ts';
import { heading } from '../output.ts';
import { studyFile } from '../study-file.ts';

type Kind = NonNullable<ReturnType<(typeof operations)['trial.explain']['input']['parse']>['kind']>;

interface ExplainOptions {
  readonly trial: 'best' | number;
  readonly kind?: Kind;
  readonly row?: number;
  readonly json?: boolean;
}

const kinds = operations['trial.explain'].input.shape.kind.unwrap().options;

export const explain: RegisterCommand = (program, act) => {
  program
    .command('explain')
    .description('explain what a trial learned: which columns matter, why one prediction, which rows are like it')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <best|n>', 'the trial', trialChoice, 'best' as const)
    .addOption(new Option('--kind <kind>', 'one technique only').choices(kinds))
    .option('--row <i>', 'row of the validation part to explain; default: the most uncertain', rowNumber)
    .option('--json', 'print the results as JSON')
    .action((file: string, options: ExplainOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial, kind, row }: ExplainOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const { results } = await engine.call('trial.explain', { file: studyFile(given), trial, kind, row }, { signal });
  output.result(results);
  for (const result of results) {
    output.line(heading(`${result.question[0].toUpperCase()}${result.question.slice(1)}?`));
    output.line(resultWords(result));
    output.line();
  }
  return undefined;
}
