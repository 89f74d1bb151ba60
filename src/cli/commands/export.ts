import { resolve } from 'node:path';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { metricValue } from '../metric-words.ts';
import { modelChoice } from '../numbers.ts';
import { shortPath } from '../short-path.ts';
import { studyFile } from '../study-file.ts';

interface ExportOptions {
  readonly trial: ReturnType<typeof modelChoice>;
  readonly output: string;
  readonly json?: boolean;
}

export const exportModel: RegisterCommand = (program, act) => {
  program
    .command('export')
    .description('write the fitted pipeline of a trial as one file, a bundle or ONNX')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .requiredOption('-o, --output <path>', 'the file to write: NAME.onnx for ONNX, otherwise a bundle of JSON')
    .option(
      '--trial <which>',
      'ensemble, best, readable, a number, or a kept edit such as edit-1; auto: the ensemble, else the best',
      modelChoice,
      'auto' as const,
    )
    .option('--json', 'print the result as JSON')
    .action((file: string, options: ExportOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial, output: path }: ExportOptions,
  { engine, output }: CommandContext,
): Promise<undefined> {
  const answer = await engine.call('trial.export', { file: studyFile(given), trial, output: resolve(path) });
  output.result(answer);
  output.line(`Wrote ${answer.model} to ${shortPath(answer.path)} (${metricValue('model_size', answer.bytes)}).`);
  for (const note of answer.notes) output.line(note);
  return undefined;
}
