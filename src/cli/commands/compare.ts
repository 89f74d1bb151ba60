import { Option } from 'commander';
import { type Explanation, explanationKinds } from '../../shared/results/explanation.ts';
import { comparedWords, modelComparisonWords } from '../../shared/results/model-comparison.ts';
import { resultWords } from '../../shared/results/words.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { explainedChoice, positiveNumber } from '../numbers.ts';
import { heading } from '../output.ts';
import { studyFile } from '../study-file.ts';

type Choice = ReturnType<typeof explainedChoice>;

interface CompareOptions {
  readonly trial: Choice;
  readonly with: Choice;
  readonly kind?: Explanation['kind'];
  readonly seconds?: number;
  readonly anew?: boolean;
  readonly format: 'words' | 'json';
  readonly json?: boolean;
}

export const compare: RegisterCommand = (program, act) => {
  program
    .command('compare')
    .description('compare two models: which is better, where they disagree, who is right there, and why')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option(
      '--trial <model>',
      'the first: a trial’s number, best, readable, ensemble or edit-1',
      explainedChoice,
      'best' as const,
    )
    .option('--with <model>', 'the second, named alike', explainedChoice, 'ensemble' as const)
    .addOption(new Option('--kind <kind>', 'and a technique of both, one after the other').choices(explanationKinds))
    .option('--seconds <s>', 'after so long it gives back what it knows; default 20', positiveNumber)
    .option('--anew', 'make anew what is kept already')
    .addOption(new Option('--format <format>', 'words, or JSON').choices(['words', 'json']).default('words'))
    .option('--json', 'the same as --format json')
    .action((file: string, options: CompareOptions) =>
      act(options.json === true || options.format === 'json', (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial: first, with: second, kind, seconds, anew }: CompareOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  const comparison = await engine.call('models.compare', { file, first, second, seconds, anew }, { signal });
  output.line(modelComparisonWords(comparison));
  if (!kind) {
    output.result(comparison);
    return undefined;
  }
  const explain = (trial: Choice) => engine.call('trial.explain', { file, trial, kind, seconds, anew }, { signal });
  const explained = { first: (await explain(first)).results, second: (await explain(second)).results };
  output.result({ comparison, explained });
  for (const side of ['first', 'second'] as const) {
    output.line();
    output.line(heading(comparedWords(comparison[side])));
    for (const result of explained[side]) output.line(resultWords(result));
  }
  return undefined;
}
