import { InvalidArgumentError } from 'commander';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { parseDuration } from '../../shared/experiment/quantity.ts';
import { ownFault } from '../../shared/faults.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { readRunnable } from '../experiment-file.ts';
import { exitCodes, FileFaults } from '../failure.ts';
import { findingOf } from '../fault-place.ts';
import { findingLine } from '../finding.ts';
import { positiveInteger, wholeNumber } from '../numbers.ts';
import { followRun } from '../progress.ts';
import { stopWithCommand } from '../stop-with-command.ts';
import { printSummary } from '../summary.ts';

interface RunOptions {
  readonly budget?: number;
  readonly trials?: number;
  readonly workers?: number;
  readonly seed?: number;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

export const run: RegisterCommand = (program, act) => {
  program
    .command('run')
    .description('search, then explain, attack and cost the best trial; goes on where an earlier run was cut off')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--budget <time>', 'search time, such as 60s or 10m, in place of the file’s', seconds)
    .option('--trials <n>', 'number of trials, in place of the file’s', positiveInteger)
    .option('--workers <n>', 'trials side by side', positiveInteger)
    .option('--seed <n>', 'seed of everything random', wholeNumber)
    .option('--fresh', 'begin anew instead of going on')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: RunOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  options: RunOptions,
  { engine, output, signal, interruption }: CommandContext,
): Promise<number> {
  const read = await readRunnable(given, engine, signal);
  const experiment = overridden(read.experiment, options);
  const { file } = experiment;
  try {
    await engine.call('run.start', { experiment, fresh: options.fresh === true }, { signal });
  } catch (error) {
    throw new FileFaults([findingLine(findingOf(error, experiment, read.document), given)]);
  }
  stopWithCommand(engine, file, interruption);
  const snapshot = await followRun(engine, file, output);
  const failed = snapshot.run === 'failed';
  await printSummary(engine, file, snapshot, output, failed);
  if (failed) return snapshot.message.startsWith(ownFault) ? exitCodes.fault : exitCodes.userError;
  return interruption.exitCode ?? exitCodes.done;
}

/** What the command line says counts before what the file says. */
function overridden(experiment: Experiment, { budget, trials, workers, seed }: RunOptions): Experiment {
  return {
    ...experiment,
    budget: {
      ...experiment.budget,
      ...(budget !== undefined && { seconds: budget }),
      ...(trials !== undefined && { trials }),
    },
    search: { ...experiment.search, ...(workers !== undefined && { workers }), ...(seed !== undefined && { seed }) },
  };
}

function seconds(text: string): number {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.problem);
  return parsed.value;
}
