import { Uri, workspace } from 'vscode';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Diagnostics } from './diagnostics.ts';

/** The experiment of a file. What is typed counts, so it is saved first. Throws a UserError at the first fault of the file. */
export async function readExperiment(file: string, checked: Diagnostics): Promise<Experiment> {
  const document = await workspace.openTextDocument(Uri.file(file));
  if (document.isDirty && !(await document.save()))
    throw new UserError('not-saved', 'the file could not be saved.', { place: { file }, advice: 'Save it first.' });
  const { experiment, diagnostics } = await checked.check(document);
  if (experiment) return experiment;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const { message, range } = errors[0];
  const more = errors.length > 1 ? `There are ${errors.length - 1} more faults; Problems lists them.` : undefined;
  throw new UserError('experiment-faulty', message, {
    place: { file, line: range.start.line + 1, column: range.start.character + 1 },
    advice: more,
  });
}
