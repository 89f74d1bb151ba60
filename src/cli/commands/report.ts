import { resolve } from 'node:path';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { shortPath } from '../short-path.ts';
import { studyFile } from '../study-file.ts';

interface ReportOptions {
  readonly output?: string;
  readonly json?: boolean;
}

export const report: RegisterCommand = (program, act) => {
  program
    .command('report')
    .description('write the experiment as one self-contained HTML page')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('-o, --output <html>', 'default: .vitrine/reports/NAME.html')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: ReportOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  options: ReportOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const page = options.output === undefined ? undefined : resolve(options.output);
  const answer = await engine.call('study.report', { file: studyFile(given), output: page }, { signal });
  output.result(answer);
  output.line(`Wrote ${shortPath(answer.path)}.`);
  return undefined;
}
