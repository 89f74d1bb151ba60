import type { Cohort } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import { cohortRowsWords } from '../../shared/results/cohort-rows.ts';
import { type CohortOptions, cohortOf, cohortOption, whereOption } from '../cohort-options.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { analysedChoice } from '../numbers.ts';
import { studyFile } from '../study-file.ts';

interface Options extends CohortOptions {
  readonly trial: 'best' | 'ensemble' | 'readable' | number;
  readonly keep?: string;
  readonly forget?: string;
  readonly json?: boolean;
}

export const cohort: RegisterCommand = (program, act) => {
  program
    .command('cohort')
    .description(
      'how well some rows are predicted beside all, and which they are; without a condition: cohorts that are kept',
    )
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best, readable or ensemble', analysedChoice, 'best' as const)
    .addOption(whereOption())
    .addOption(cohortOption())
    .option('--keep <name>', 'keep the cohort by this name')
    .option('--forget <name>', 'do not keep this cohort any longer')
    .option('--json', 'print as JSON')
    .action((file: string, options: Options) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { trial, keep, forget, ...wishes }: Options,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  const rows = cohortOf(wishes);
  if (forget !== undefined) await engine.call('cohort.forget', { file, name: forget }, { signal });
  if (rows.cohort === undefined && rows.where === undefined && keep === undefined) {
    const { cohorts } = await engine.call('cohort.list', { file }, { signal });
    output.result(cohorts);
    output.line(listWords(cohorts));
    return undefined;
  }
  const { rows: found } = await engine.call('cohort.show', { file, trial, ...rows }, { signal });
  if (keep !== undefined) await engine.call('cohort.keep', { file, name: keep, ...rows }, { signal });
  output.result(found);
  output.line(cohortRowsWords(found));
  return undefined;
}

function listWords(cohorts: readonly Cohort[]): string {
  if (cohorts.length === 0) return 'No cohort is kept. Make one: vitrine cohort FILE --where "age > 45" --keep NAME.';
  return cohorts
    .map(({ name, conditions }) => {
      const words = cohortWords(conditions);
      return words === name ? name : `${name}: ${words}`;
    })
    .join('\n');
}
