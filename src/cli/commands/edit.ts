import { InvalidArgumentError, Option } from 'commander';
import type { ModelEdit } from '../../shared/model-edit.ts';
import {
  type EditedModel,
  type EditName,
  type EditTargets,
  editedModelTitle,
  editedModelWords,
  editName,
  effectWords,
  isEditName,
  type ModelEditing,
} from '../../shared/results/model-editing.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { CommandContext, RegisterCommand } from '../command.ts';
import * as written from '../edit-options.ts';
import { editableChoice } from '../numbers.ts';
import { dim, heading, type Output, textTable } from '../output.ts';
import { studyFile } from '../study-file.ts';

interface EditOptions {
  readonly trial: 'best' | 'readable' | number;
  readonly save?: boolean;
  readonly note?: string;
  readonly undo?: EditName;
  readonly format: 'words' | 'json';
  readonly json?: boolean;
}

export const edit: RegisterCommand = (program, act) => {
  // Edits build on each other: they are taken in the order in which they stand on the line, whatever their kind.
  const edits: ModelEdit[] = [];
  const taking = (read: (text: string) => ModelEdit) => (text: string) => {
    edits.push(read(text));
    return true;
  };
  program
    .command('edit')
    .description('change a readable model by hand and see what that does; without edits, what can be changed')
    .argument('<file>', 'the experiment file, NAME.vitrine.yaml')
    .option('--trial <model>', 'a trial’s number, best or readable', editableChoice, 'readable' as const)
    .option('--drop <column>', 'drop a graph, or the weights of a column; of two: "age x sex"', taking(written.drop))
    .option('--flatten <column=range>', 'make a graph flat: "income=20..40", "color=red,blue"', taking(written.flatten))
    .option(
      '--monotone <column=up|down>',
      'force a direction; in a range: "age=up:20..40", of one class: "age=up for yes"',
      taking(written.monotone),
    )
    .option('--straighten <column=range>', 'draw a straight line over a range', taking(written.straighten))
    .option('--set <column=range:value>', 'what a graph adds there: "income=20..40:0.5"', taking(written.set))
    .option('--zero <weight>', 'make one weight 0, by its name', taking(written.zero))
    .option('--prune <node>', 'make a node of a tree a leaf', taking(written.prune))
    .option('--drop-rule <number>', 'drop a rule', taking(written.dropRule))
    .option('--save', 'keep the edited model; it is then judged once on the test part')
    .option('--note <text>', 'why it was edited; kept with it')
    .option('--undo <edit>', 'take a kept one, such as edit-2, out again', keptEdit)
    .addOption(new Option('--format <format>', 'words, or JSON').choices(['words', 'json']).default('words'))
    .option('--json', 'the same as --format json')
    .action((file: string, options: EditOptions) =>
      act(options.json === true || options.format === 'json', (context) => perform(file, edits, options, context)),
    );
};

function keptEdit(text: string): EditName {
  if (isEditName(text)) return text;
  throw new InvalidArgumentError('It must be the name of a kept edited model, such as edit-1.');
}

async function perform(
  given: string,
  edits: ModelEdit[],
  { trial, save, note, undo }: EditOptions,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const file = studyFile(given);
  if (undo !== undefined) {
    const answer = await engine.call('edit.remove', { file, edit: undo });
    output.result(answer);
    output.line(`Took out ${answer.removed}. The model that it came from is as it was.`);
    return undefined;
  }
  if (save && edits.length > 0) {
    const edited = await engine.call('edit.save', { file, trial, edits, note }, { signal });
    output.result(edited);
    const [title, ...rest] = editedModelWords(edited).split('\n');
    output.line(heading(title));
    for (const line of rest) output.line(line);
    const name = editName(edited.number);
    output.line(
      dim(`Predict with it: vitrine predict FILE DATA -o OUT --trial ${name}; undo: vitrine edit FILE --undo ${name}`),
    );
    return undefined;
  }
  const editing = await engine.call('edit.preview', { file, trial, edits }, { signal });
  const { edits: kept } = await engine.call('edit.list', { file });
  output.result(edits.length > 0 ? editing : { ...editing, kept });
  if (edits.length > 0) tellPreview(editing, save === true, output);
  else tellTargets(editing, kept, output);
  return undefined;
}

function tellPreview({ model, steps, effect, quality }: ModelEditing, save: boolean, output: Output): void {
  for (const step of steps) {
    output.line(`${heading(`${model}: ${step.words}`)} ${dim(step.detail)}`);
    output.line(effectWords(step.effect));
    output.line();
  }
  if (steps.length > 1 && effect) {
    output.line(heading(`All ${steps.length} together`));
    output.line(effectWords(effect));
    output.line();
  }
  output.line(dim(quality.words));
  if (!save) output.line(dim('Nothing is kept. --save keeps the edited model and judges it once on the test part.'));
}

function tellTargets({ model, targets }: ModelEditing, kept: readonly EditedModel[], output: Output): void {
  output.line(heading(`What can be edited of ${model}`));
  for (const line of targetLines(targets)) output.line(line);
  output.line();
  output.line(heading('Edited models that are kept'));
  if (kept.length === 0) output.line('None.');
  for (const one of kept)
    output.line(`${editName(one.number)}: ${editedModelTitle(one)}${one.note ? `, ${one.note}` : ''}`);
}

function targetLines(targets: EditTargets): string[] {
  switch (targets.kind) {
    case 'graphs':
      return textTable(
        [
          { title: 'graph', cell: ({ columns }) => columns.join(' x ') },
          { title: 'adds on average', cell: ({ importance }) => numberWords(importance), align: 'right' },
          {
            title: 'range',
            cell: ({ numbers, levels }) =>
              numbers ? written.rangeText(numbers) : levels ? levels.slice(0, 8).join(', ') : 'can be dropped',
          },
        ],
        targets.terms,
      );
    case 'weights':
      return targets.weights.map((label) => `  ${label}`);
    case 'tree':
      return targets.splits.map(
        ({ node, words, depth, rows, leaves }) =>
          `${'  '.repeat(depth)}node ${node}: ${words} (${numberWords(rows)} rows, ${leaves} leaves)`,
      );
    case 'rules':
      return targets.rules.map((text, i) => `${i + 1}. ${text}`);
  }
}
