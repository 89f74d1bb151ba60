import { InvalidArgumentError, Option } from 'commander';
import { operations } from '../../shared/operations/operations.ts';
import { whatIfWords } from '../../shared/results/what-if.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { analysedChoice, positiveNumber, rowNumber } from '../numbers.ts';
import { studyFile } from '../study-file.ts';

type Input = ReturnType<(typeof operations)['trial.whatIf']['input']['parse']>;
type Changes = Input['changes'];

interface WhatIfOptions {
  readonly trial: Input['trial'];
  readonly row?: number;
  readonly set?: Changes;
  readonly explain: Input['explain'];
  readonly sweep?: string;
  readonly flips: boolean;
  readonly seconds?: number;
  readonly format: 'words' | 'json';
  readonly json?: boolean;
}

const techniques = operations['trial.whatIf'].input.shape.explain.unwrap().values;

export const whatIf: RegisterCommand = (program, act) => {
  program
    .command('what-if')
    .description('edit a row and see the prediction, why, and what would change it')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best, readable or ensemble', analysedChoice, 'best' as const)
    .option('--row <i>', 'row of the validation part; default: a row of medians and most frequent levels', rowNumber)
    .option('--set <column=value>', 'what a column is to be; nothing after = is missing; more than once', addChange)
    .addOption(new Option('--explain <technique>', 'what explains the rows').choices([...techniques]).default('auto'))
    .option('--sweep <column>', 'go over the range of this column as well')
    .option('--no-flips', 'do not look for the nearest rows that are predicted otherwise')
    .option('--seconds <s>', 'after so long explanation and flips give back what they know; default 3', positiveNumber)
    .addOption(new Option('--format <format>', 'words, or JSON').choices(['words', 'json']).default('words'))
    .option('--json', 'the same as --format json')
    .action((file: string, options: WhatIfOptions) =>
      act(options.json === true || options.format === 'json', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial, row, set, explain, sweep, flips, seconds }: WhatIfOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const input = { file: studyFile(given), trial, row, changes: set, explain, sweep, flips, seconds };
  const answer = await engine.call('trial.whatIf', input, { signal });
  output.result(answer);
  output.line(whatIfWords(answer));
  return undefined;
}

/** 'age=40', 'sex=female', 'town=' for missing: always as text, which the engine reads as the column's type asks for. */
function addChange(text: string, before: Changes = {}): Changes {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be COLUMN=VALUE, such as age=40.');
  const value = text.slice(at + 1);
  return { ...before, [text.slice(0, at)]: value === '' ? null : value };
}
