import { Option } from 'commander';
import { importanceMapWords } from '../../shared/results/importance-map.ts';
import { modelCorrelationWords } from '../../shared/results/model-correlation.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { positiveNumber } from '../numbers.ts';
import { heading } from '../output.ts';
import { studyFile } from '../study-file.ts';

interface ModelsOptions {
  readonly all?: boolean;
  readonly seconds?: number;
  readonly format: 'words' | 'json';
  readonly json?: boolean;
}

export const models: RegisterCommand = (program, act) => {
  program
    .command('models')
    .description('say how alike the models of a search err, and what matters to each')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--all', 'what matters to each of the 50 best trials, not only to the best of each learner')
    .option('--seconds <s>', 'what matters is made within so long, where it is not kept; default 60', positiveNumber)
    .addOption(new Option('--format <format>', 'words, or JSON').choices(['words', 'json']).default('words'))
    .option('--json', 'the same as --format json')
    .action((file: string, options: ModelsOptions) =>
      act(options.json === true || options.format === 'json', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { all, seconds }: ModelsOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  const correlation = await engine.call('models.correlation', { file }, { signal });
  const which = all ? ({ each: 'trial', models: 50 } as const) : {};
  const importances = await engine.call('models.importances', { file, seconds, ...which }, { signal });
  output.result({ correlation, importances });
  output.line(heading('How alike they err'));
  output.line(modelCorrelationWords(correlation));
  output.line();
  output.line(heading('What matters to each'));
  output.line(importanceMapWords(importances));
  return undefined;
}
