import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { parseExperiment } from '../../language/parse.ts';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { operations } from '../../shared/operations/operations.ts';
import type { ExplainedStudy } from '../../shared/operations/report-operations.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { aboutWords, type Verdict, verdictGroups, verdictLine, verdictTally } from '../../shared/results/verdict.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { analysedChoice, positiveNumber } from '../numbers.ts';
import { dim, heading, type Output, warning } from '../output.ts';
import { shortPath } from '../short-path.ts';
import { withSteps } from '../step-progress.ts';
import { studyFile } from '../study-file.ts';

type Kind = ReturnType<(typeof operations)['study.explain']['input']['parse']>['kinds'][number];

interface ReportOptions {
  readonly output?: string;
  readonly markdown?: string;
  readonly verdicts?: boolean;
  readonly explain?: readonly Kind[];
  readonly seconds?: number;
  readonly trial?: 'best' | 'ensemble' | 'readable' | number;
  readonly json?: boolean;
}

export const report: RegisterCommand = (program, act) => {
  program
    .command('report')
    .description('write the experiment as one self-contained HTML page, or a model as a folder of Markdown')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('-o, --output <html>', 'default: .vitrine/reports/NAME.html')
    .option('--markdown <folder>', 'instead of the page: README, model card, data sheet, verdicts and explanations')
    .option(
      '--trial <model>',
      'with --markdown: a trial’s number, best (default), readable or ensemble',
      analysedChoice,
    )
    .option('--verdicts', 'instead of the page: a line for every check; ends with 1 where one failed')
    .option('--explain <kinds>', 'first make what is missing: all, cheap, or techniques as slices,effects', kindsIn)
    .option('--seconds <s>', 'with --explain: time for all of it; default 300', positiveNumber)
    .option('--json', 'print the result as JSON')
    .action((file: string, options: ReportOptions, command: Command) => {
      refuseMeaningless(options, command);
      return act(options.json === true, (context) => perform(file, options, context));
    });
};

const kinds: readonly Kind[] = operations['study.explain'].input.shape.kinds.unwrap().element.options;

function kindsIn(text: string): readonly Kind[] {
  return text.split(',').map((word) => {
    const kind = kinds.find((known) => known === word.trim());
    if (kind) return kind;
    throw new InvalidArgumentError(`There is no technique "${word.trim()}": all, cheap, or ${kinds.join(', ')}.`);
  });
}

function refuseMeaningless(
  { output, markdown, verdicts, trial, seconds, explain }: ReportOptions,
  command: Command,
): void {
  const ways = [
    output !== undefined && '--output',
    markdown !== undefined && '--markdown',
    verdicts && '--verdicts',
  ].filter(Boolean);
  if (ways.length > 1) command.error(`error: ${ways.join(' and ')} are different reports: choose one`);
  if (trial !== undefined && markdown === undefined)
    command.error('error: --trial is of --markdown: the page shows the best models');
  if (seconds !== undefined && explain === undefined) command.error('error: --seconds is of --explain');
}

async function perform(given: string, options: ReportOptions, context: CommandContext): Promise<number> {
  const file = studyFile(given);
  const { engine, output, signal } = context;
  const { markdown, trial = 'best', verdicts } = options;
  const explained = options.explain && (await explain(file, options, context));
  if (verdicts) return tellVerdicts(await engine.call('study.verdicts', { file }, { signal }), context);
  if (markdown !== undefined) {
    const input = { file, trial, folder: resolve(markdown), about: await aboutIn(file, output) };
    const answer = await engine.call('trial.document', input, { signal });
    output.result({ ...answer, ...(explained && { explained }) });
    output.line(
      `Wrote ${countWords(answer.files.length, 'page')} about the model (${answer.model}) to ${shortPath(answer.folder)}.`,
    );
    return exitCodes.done;
  }
  const page = options.output === undefined ? undefined : resolve(options.output);
  const answer = await engine.call('study.report', { file, output: page }, { signal });
  output.result({ ...answer, ...(explained && { explained }) });
  output.line(`Wrote ${shortPath(answer.path)} (${numberWords(answer.bytes / 1e6, 2)} MB).`);
  for (const left of answer.leftOut) output.remark(warning(`${left}: too large for the page, told in words alone.`));
  return exitCodes.done;
}

/** What the experiment file says of the model now; of a file that cannot be read so, what it said when it last ran counts. */
async function aboutIn(file: string, output: Output): Promise<Experiment['about']> {
  if (!/\.ya?ml$/.test(file)) return undefined;
  const { experiment } = parseExperiment(await readFile(file, 'utf8'), file);
  if (experiment) return experiment.about ?? {};
  output.remark(warning(`${shortPath(file)} has faults: what it said of the model when it last ran is taken.`));
  return undefined;
}

/** Makes what is missing, and says what came to nothing. What was made stays, however this ends. */
async function explain(
  file: string,
  { explain: wished, seconds, markdown, trial = 'best' }: ReportOptions,
  { engine, output, signal }: CommandContext,
): Promise<ExplainedStudy> {
  const models = markdown === undefined ? undefined : [trial];
  const input = { file, kinds: [...(wished ?? [])], seconds, models };
  try {
    const answer = await withSteps(output, (progress) => engine.call('study.explain', input, { signal, progress }));
    for (const { about, kind, words } of answer.failures) output.remark(warning(`No ${kind} of ${about}: ${words}`));
    if (answer.left.length > 0)
      output.remark(
        warning(
          `${countWords(answer.left.length, 'explanation')} not made: the time was used up (--seconds). Run it again to go on.`,
        ),
      );
    return answer;
  } catch (error) {
    if (signal.aborted) output.remark('What was explained so far is kept.');
    throw error;
  }
}

function tellVerdicts(verdicts: readonly Verdict[], { output }: CommandContext): number {
  output.result(verdicts);
  for (const { about, verdicts: own } of verdictGroups(verdicts)) {
    const words = aboutWords(about);
    output.line(heading(words.slice(0, 1).toUpperCase() + words.slice(1)));
    for (const one of own) output.line(`${verdictLine(one)}${one.outcome === 'passed' ? '' : dim(` ${one.where}`)}`);
    output.line();
  }
  output.line(`${verdictTally(verdicts)}.`);
  return verdicts.some(({ outcome }) => outcome === 'failed') ? exitCodes.userError : exitCodes.done;
}
