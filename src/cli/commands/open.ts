import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Option } from 'commander';
import { outsideLearner, outsideModelExperiment } from '../../language/outside-model.ts';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import { type Task, tasks } from '../../shared/task.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { followRun } from '../progress.ts';
import { shortPath } from '../short-path.ts';
import { stopWithCommand } from '../stop-with-command.ts';
import { printSummary } from '../summary.ts';

interface OpenOptions {
  readonly data: string;
  readonly target: string;
  readonly task?: Task;
  readonly ignore?: string;
  readonly json?: boolean;
}

export const open: RegisterCommand = (program, act) => {
  program
    .command('open')
    .description('look into an ONNX model of another program: judge, explain and attack it on a table')
    .argument('<model>', 'NAME.onnx; every other command then takes it for an experiment file')
    .requiredOption('--data <file>', 'CSV, TSV, Parquet or JSON with the columns that the model takes')
    .requiredOption('--target <column>', 'the column that the model predicts')
    .addOption(new Option('--task <task>', 'where the target does not tell').choices(tasks))
    .option('--ignore <columns>', 'columns of the data that the model does not take, parted by commas')
    .option('--json', 'print the result as JSON')
    .action((model: string, options: OpenOptions) =>
      act(options.json === true, (context) => perform(model, options, context)),
    );
};

async function perform(
  given: string,
  options: OpenOptions,
  { engine, output, signal, interruption }: CommandContext,
): Promise<number> {
  const file = resolve(given);
  if (!existsSync(file))
    throw new UserError('file-missing', 'there is no such model.', {
      place: { file: given },
      advice: 'Check the path.',
    });
  await engine.call('run.start', { experiment: experimentOf(file, options), fresh: true }, { signal });
  stopWithCommand(engine, file, interruption);
  const snapshot = await followRun(engine, file, output);
  const { trials } = await engine.call('trials.list', { file });
  const trial = trials.find(({ learner }) => learner === outsideLearner);
  if (trial?.state !== 'complete' && !signal.aborted)
    throw new UserError('onnx-model', trial?.message ?? snapshot.message, { place: { file: given } });
  await printSummary(engine, file, snapshot, output, snapshot.run === 'failed');
  output.line(
    `Look further: vitrine explain ${shortPath(file)} --trial ${trial?.number}, vitrine attack, vitrine predict.`,
  );
  return interruption.exitCode ?? exitCodes.done;
}

function experimentOf(file: string, { data, target, task, ignore }: OpenOptions): Experiment {
  return outsideModelExperiment(file, {
    data: relative(resolve(file, '..'), resolve(data)),
    target,
    ...(task && { task }),
    ...(ignore !== undefined && { ignore: ignore.split(',').map((name) => name.trim()) }),
  });
}
