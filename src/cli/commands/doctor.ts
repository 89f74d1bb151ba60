import { resolve } from 'node:path';
import { type BackendState, backendsWords, doctorWords, speedWords } from '../../shared/results/doctor.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { dim, heading, textTable, warning } from '../output.ts';

export const doctor: RegisterCommand = (program, act) => {
  program
    .command('doctor')
    .description('say what this machine gives Vitrine to work with: backends for networks, data, store, energy meters')
    .argument('[folder]', 'where experiments are kept', '.')
    .option('--json', 'print it as JSON')
    .action((folder: string, options: { json?: boolean }) =>
      act(options.json === true, (context) => perform(folder, context)),
    );
};

async function perform(folder: string, { engine, output, signal }: CommandContext): Promise<undefined> {
  const report = await engine.call('engine.doctor', { folder: resolve(folder) }, { signal });
  output.result(report);
  const { cpu, cores, memoryBytes, platform, version } = report;
  output.line(heading('Machine'));
  output.line(
    `${cpu || 'a CPU without a name'}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB of memory, ${platform}`,
  );
  output.line();
  output.line(heading(`Vitrine ${version}`));
  for (const { good, words, advice } of report.checks) {
    output.line(good ? `${words}.` : warning(`${words}. ${advice ?? ''}`));
  }
  output.line(doctorWords(report));
  output.line();
  output.line(heading('Networks'));
  for (const line of backendTable(report.backends.backends)) output.line(line);
  output.line(backendsWords(report.backends));
  output.line(dim('Another one: search.backend in the experiment file, or VITRINE_BACKEND.'));
  output.line();
  output.line(heading('Energy'));
  output.line(report.energy);
  return undefined;
}

const backendTable = (states: readonly BackendState[]): string[] =>
  textTable(
    [
      { title: 'backend', cell: ({ name }) => name },
      { title: 'here', cell: ({ state }) => state },
      {
        title: '',
        cell: (state) =>
          [state.words, speedWords(state), state.needs && `needs ${state.needs}`].filter(Boolean).join('; '),
      },
    ],
    states,
  );
