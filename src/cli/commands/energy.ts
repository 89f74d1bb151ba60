import { energyReportWords } from '../../shared/results/energy.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { energyCell, textTable } from '../output.ts';
import { studyFile } from '../study-file.ts';

export const energy: RegisterCommand = (program, act) => {
  program
    .command('energy')
    .description('show energy, CO2e and cost of an experiment, by learner, with the method')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--json', 'print them as JSON')
    .action((file: string, options: { json?: boolean }) =>
      act(options.json === true, (context) => perform(file, context)),
    );
};

async function perform(given: string, { engine, output }: CommandContext): Promise<undefined> {
  const study = await engine.call('study.energy', { file: studyFile(given) });
  output.result(study);
  output.line(study.total ? energyReportWords(study.total) : 'Energy: not measured.');
  for (const clause of study.equivalents) output.line(`That is ${clause}.`);
  output.line();
  const table = textTable(
    [
      { title: 'learner', cell: ({ learner }) => learner },
      { title: 'trials', cell: ({ trials }) => String(trials), align: 'right' },
      { title: 'seconds', cell: ({ seconds }) => seconds.toFixed(1), align: 'right' },
      { title: 'energy', cell: ({ wattHours }) => energyCell(wattHours), align: 'right' },
    ],
    study.byLearner,
  );
  for (const line of table) output.line(line);
  return undefined;
}
