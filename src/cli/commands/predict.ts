import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { countWords } from '../../shared/results/numbers.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { isModelFile } from '../model-file.ts';
import { modelChoice } from '../numbers.ts';
import { outsideTrial } from '../outside-trial.ts';
import { shortPath } from '../short-path.ts';
import { studyFile } from '../study-file.ts';

interface PredictOptions {
  readonly trial: ReturnType<typeof modelChoice>;
  readonly output: string;
  readonly coverage?: Coverage;
  readonly json?: boolean;
}

export const predict: RegisterCommand = (program, act) => {
  program
    .command('predict')
    .description('predict the rows of a data file: a column prediction, then one probability a class')
    .argument(
      '<file>',
      'the experiment file, a bundle that vitrine export wrote, or NAME.onnx that vitrine open has opened',
    )
    .argument('<data>', 'CSV, TSV, Parquet or JSON with the columns that the model takes')
    .requiredOption('-o, --output <csv>', 'the CSV file to write')
    .option(
      '--trial <which>',
      'ensemble, best, readable, a number, or a kept edit such as edit-1; auto: the ensemble, else the best',
      modelChoice,
      'auto' as const,
    )
    .addOption(
      new Option(
        '--coverage <share>',
        'add a set of classes, or the ends of an interval, that holds the truth in this share of rows',
      )
        .choices(Object.keys(coverages))
        .argParser((text) => coverageOf(text)),
    )
    .option('--json', 'print the result as JSON')
    .action((file: string, data: string, options: PredictOptions) =>
      act(options.json === true, (context) => perform(file, data, options, context)),
    );
};

async function perform(
  given: string,
  data: string,
  options: PredictOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const wish = { data: resolve(data), output: resolve(options.output), coverage: options.coverage ?? null };
  const answer = isModelFile(given)
    ? await engine.call('model.predict', { model: resolve(given), ...wish }, { signal })
    : await engine.call('trial.predict', { ...(await chosen(given, options, engine)), ...wish }, { signal });
  output.result(answer);
  output.line(`Wrote ${countWords(answer.rows, 'prediction')} by ${answer.model} to ${shortPath(answer.path)}.`);
  for (const note of answer.notes) output.line(note);
  return undefined;
}

async function chosen(given: string, { trial }: PredictOptions, engine: CommandContext['engine']) {
  const file = studyFile(given);
  return { file, trial: await outsideTrial(engine, file, trial) };
}

const coverages = { '0.8': 0.8, '0.9': 0.9, '0.95': 0.95, '0.99': 0.99 } as const;
type Coverage = (typeof coverages)[keyof typeof coverages];

function coverageOf(text: string): Coverage {
  if (Object.hasOwn(coverages, text)) return coverages[text as keyof typeof coverages];
  throw new InvalidArgumentError(`It must be one of ${Object.keys(coverages).join(', ')}.`);
}
