import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { parseExperiment } from '../../language/parse.ts';
import { experimentTemplate } from '../../language/template.ts';
import { UserError } from '../../shared/faults.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { dataOf } from '../experiment-file.ts';
import { FileFaults } from '../failure.ts';
import { isError } from '../finding.ts';
import { dim } from '../output.ts';
import { shortPath } from '../short-path.ts';

interface InitOptions {
  readonly target?: string;
  readonly test?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export const init: RegisterCommand = (program, act) => {
  program
    .command('init')
    .description('write an experiment file for a table of data')
    .argument('<data>', 'CSV, TSV, Parquet or JSON')
    .option('--target <column>', 'the column to predict; default: the one that suits best')
    .option('--test <share|file|none>', 'what is kept for the final score', '0.2')
    .option('-o, --output <file>', 'default: NAME.vitrine.yaml beside the data')
    .option('--force', 'overwrite an experiment file that is there')
    .option('--json', 'print the result as JSON')
    .action((data: string, options: InitOptions) =>
      act(options.json === true, (context) => perform(data, options, context)),
    );
};

async function perform(
  given: string,
  options: InitOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const data = resolve(given);
  const { columns, suggestedTarget, rowCount } = await engine.call('data.inspect', { path: data }, { signal });
  const target = options.target ?? suggestedTarget?.column;
  if (target === undefined) {
    throw new UserError('target-unknown', 'no column suggests itself as the target.', {
      place: { file: given },
      advice: `Name it: --target COLUMN, one of ${columns.map(({ name }) => name).join(', ')}.`,
    });
  }
  const file = resolve(options.output ?? join(dirname(data), `${basename(data, extname(data))}.vitrine.yaml`));
  if (existsSync(file) && options.force !== true) {
    throw new UserError('file-exists', 'this experiment file is already there.', {
      place: { file },
      advice: 'Name another with -o, or overwrite it with --force.',
    });
  }
  const text = experimentTemplate({ dataPath: relative(dirname(file), data), target, test: options.test, columns });
  const { draft } = parseExperiment(text, file);
  const { columns: testColumns } = await dataOf(draft.absoluteTestPath, engine, signal);
  const faults = parseExperiment(text, file, { columns, rowCount, testColumns }).diagnostics.filter(isError);
  if (faults.length > 0) throw new FileFaults(faults.map(({ message }) => `${given}: ${message}`));
  await writeFile(file, text);
  output.line(`Wrote ${shortPath(file)} for ${countWords(rowCount, 'row')}, to predict ${target}.`);
  if (options.target === undefined && suggestedTarget)
    output.line(dim(`${target} was chosen: ${suggestedTarget.reason}`));
  output.line(`Next: vitrine run ${shortPath(file)}`);
  output.result({ file, target, rowCount });
  return undefined;
}
