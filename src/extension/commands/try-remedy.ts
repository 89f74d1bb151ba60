import { type ExtensionContext, Uri, window, workspace } from 'vscode';
import { experimentEdits, parseExperiment } from '../../language/index.ts';
import { UserError } from '../../shared/faults.ts';
import type { ExperimentEdit } from '../../shared/results/data-findings.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import { toWorkspaceEdit } from '../language/ranges.ts';

/** Writes a copy of an experiment file with one thing changed, and opens it: what was found stays beside it. */
export class TryRemedy implements Contribution {
  readonly #commands: Commands;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#commands.register('vitrine.tryRemedy', this.#copy));
  }

  /** Answers the path of the copy. */
  readonly #copy = async (file: string, edit: ExperimentEdit): Promise<string> => {
    const original = await workspace.openTextDocument(Uri.file(file));
    const text = original.getText();
    const { document: source, draft } = parseExperiment(text, file);
    const edits = experimentEdits(source, edit);
    if (edits.length === 0)
      throw new UserError(
        'nothing-to-change',
        `the file already says so, or ${edit.key.join('.')} cannot be changed.`,
        {
          place: { file },
          advice: 'Run it again: its data are then checked anew.',
        },
      );
    const copy = await freePath(file);
    const uri = Uri.file(copy);
    await workspace.fs.writeFile(uri, Buffer.from(text));
    const named = draft.name === undefined ? [] : experimentEdits(source, renamed(draft.name));
    await workspace.applyEdit(toWorkspaceEdit(uri, [...edits, ...named]));
    const document = await workspace.openTextDocument(uri);
    await document.save();
    await window.showTextDocument(document);
    return copy;
  };
}

const renamed = (name: string): ExperimentEdit => ({ how: 'set', key: ['name'], value: `${name} tested` });

/** 'churn-test.vitrine.yaml', or 'churn-test-2.vitrine.yaml' where that is taken. */
async function freePath(file: string): Promise<string> {
  for (let count = 1; ; count++) {
    const path = file.replace(/(\.vitrine\.yaml)?$/, `-test${count > 1 ? `-${count}` : ''}.vitrine.yaml`);
    if (!(await exists(path))) return path;
  }
}

const exists = (path: string): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(Uri.file(path))).then(
    () => true,
    () => false,
  );
