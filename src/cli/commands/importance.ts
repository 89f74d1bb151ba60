import { Option } from 'commander';
import { UserError } from '../../shared/faults.ts';
import {
  hyperparameterImportanceWords,
  type ImportanceMethod,
  importanceAlongFrontWords,
  importanceMethods,
} from '../../shared/results/hyperparameter-importance.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import { studyFile } from '../study-file.ts';

interface ImportanceOptions {
  readonly method: ImportanceMethod;
  readonly objective?: string;
  readonly front?: boolean;
  readonly json?: boolean;
}

export const importance: RegisterCommand = (program, act) => {
  program
    .command('importance')
    .description('say which hyperparameters matter, with intervals and how far to believe them')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .addOption(new Option('--method <method>', 'how it is judged').choices(importanceMethods).default('fanova'))
    .option('--objective <name>', 'the objective that is explained; default: the first')
    .option('--front', 'along the Pareto front of the first two objectives')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: ImportanceOptions) =>
      act(options.json === true, (context) => perform(file, options, context)),
    );
};

async function perform(
  given: string,
  { method, objective: name, front }: ImportanceOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  const { objectives } = await engine.call('study.show', { file });
  const objective = name === undefined ? 0 : objectives.findIndex(({ metric }) => metric === name);
  if (objective < 0) throw unknownObjective(name as string, objectives);
  if (front) {
    const told = await engine.call('search.importanceAlongFront', { file, method }, { signal });
    output.result(told);
    output.line(importanceAlongFrontWords(told));
    return undefined;
  }
  const told = await engine.call('search.importance', { file, method, objective }, { signal });
  output.result(told);
  output.line(hyperparameterImportanceWords(told));
  return undefined;
}

const unknownObjective = (name: string, objectives: readonly { readonly metric: string }[]) =>
  new UserError('objective-unknown', `"${name}" is not an objective of this study.`, {
    advice: `Its objectives: ${objectives.map(({ metric }) => metric).join(', ')}.`,
  });
