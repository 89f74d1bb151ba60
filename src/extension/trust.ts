import { workspace } from 'vscode';
import { UserError } from '../shared/faults.ts';

/** Throws where the folder is not trusted. Everything that may run what a file names passes here. */
export function requireTrust(what: string): void {
  if (workspace.isTrusted) return;
  throw new UserError('untrusted', `${what} waits until this folder is trusted.`, {
    advice: 'In restricted mode experiment files are read and checked only, because training runs what they name.',
  });
}
