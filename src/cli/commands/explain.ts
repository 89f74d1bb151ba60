import { InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../shared/faults.ts';
import { operations } from '../../shared/operations/operations.ts';
import { type ExplanationKind, explanationKinds } from '../../shared/results/explanation.ts';
import { resultWords } from '../../shared/results/words.ts';
import { type CohortOptions, cohortOf, cohortOption, whereOption } from '../cohort-options.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { explainedChoice, positiveNumber, rowNumber } from '../numbers.ts';
import { dim, heading, warning } from '../output.ts';
import { studyFile } from '../study-file.ts';
import { listOptions } from '../technique-options.ts';

type Input = ReturnType<(typeof operations)['trial.explain']['input']['parse']>;
type TechniqueOptions = NonNullable<Input['options']>;

interface ExplainOptions extends CohortOptions {
  readonly trial: Input['trial'];
  readonly kind: Input['kind'];
  readonly row?: number;
  readonly set?: TechniqueOptions;
  readonly options?: ExplanationKind;
  readonly seconds?: number;
  readonly anew?: boolean;
  readonly format: 'words' | 'json';
  readonly json?: boolean;
}

const kinds = operations['trial.explain'].input.shape.kind.unwrap().options;

export const explain: RegisterCommand = (program, act) => {
  program
    .command('explain')
    .description('explain what a model learned: which columns matter, why one prediction, which rows are like it')
    .argument('[file]', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best, readable, ensemble or edit-1', explainedChoice, 'best' as const)
    .addOption(
      new Option('--kind <kind>', 'one technique, or those that are cheap')
        .choices(kinds)
        .default('all', 'all that suit'),
    )
    .option('--row <i>', 'row of the validation part to explain; default: the most uncertain', rowNumber)
    .option('--set <name=value>', 'an option of the technique (see --options); more than once', addOption)
    .addOption(new Option('--options <kind>', 'list the options of a technique').choices(explanationKinds))
    .addOption(whereOption())
    .addOption(cohortOption())
    .option('--seconds <s>', 'after so long each technique gives back what it knows; default 10', positiveNumber)
    .option('--anew', 'make anew what is kept already')
    .addOption(new Option('--format <format>', 'words, or JSON').choices(['words', 'json']).default('words'))
    .option('--json', 'the same as --format json')
    .action((file: string | undefined, options: ExplainOptions) =>
      act(options.json === true || options.format === 'json', (context) =>
        options.options === undefined ? perform(file, options, context) : listOptions(options.options, context),
      ),
    );
};

async function perform(
  given: string | undefined,
  { trial, kind, row, set, seconds, anew, ...rows }: ExplainOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  if (given === undefined) throw noFile();
  const input = { file: studyFile(given), trial, kind, row, options: set, seconds, anew, ...cohortOf(rows) };
  const { results, failures } = await engine.call('trial.explain', input, { signal });
  output.result(results);
  for (const result of results) {
    const question = `${result.question[0].toUpperCase()}${result.question.slice(1)}?`;
    output.line(`${heading(question)} ${dim(result.kind)}`);
    const words = resultWords(result);
    output.line(words);
    if (result.partial !== undefined && !words.includes(result.partial)) output.line(result.partial);
    output.line();
  }
  for (const { kind: failed, words } of failures) output.remark(warning(`No ${failed}: ${words}`));
  return undefined;
}

const noFile = () =>
  new UserError('file-missing', 'no experiment file is named.', { advice: 'Name it: vitrine explain FILE' });

/** 'grid=20', 'columns=["age","town"]', 'class=yes': JSON where it is some, else text. */
function addOption(text: string, before: TechniqueOptions = {}): TechniqueOptions {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be NAME=VALUE, such as grid=20.');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  try {
    return { ...before, [name]: JSON.parse(value) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...before, [name]: value };
  }
}
