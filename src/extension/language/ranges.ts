import { Range, TextEdit, type Uri, WorkspaceEdit } from 'vscode';
import type * as language from '../../language/index.ts';

/** The editor's form of a range of src/language; both count lines and UTF-16 characters from 0. */
export const toRange = ({ start, end }: language.Range): Range =>
  new Range(start.line, start.character, end.line, end.character);

export const toTextEdit = ({ range, newText }: language.TextEdit): TextEdit => new TextEdit(toRange(range), newText);

export function toWorkspaceEdit(uri: Uri, edits: readonly language.TextEdit[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  edit.set(uri, edits.map(toTextEdit));
  return edit;
}
