import { robustnessWords } from '../../shared/results/robustness.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { analysedChoice } from '../numbers.ts';
import { studyFile } from '../study-file.ts';

interface AttackOptions {
  readonly trial: 'best' | 'ensemble' | 'readable' | number;
  readonly json?: boolean;
}

export const attack: RegisterCommand = (program, act) => {
  program
    .command('attack')
    .description('look for small valid edits of rows that flip the predictions of a model')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best, readable or ensemble', analysedChoice, 'best' as const)
    .option('--json', 'print the report as JSON')
    .action((file: string, options: AttackOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial }: AttackOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const report = await engine.call('trial.attack', { file: studyFile(given), trial }, { signal });
  output.result(report);
  output.line(robustnessWords(report));
  return undefined;
}
