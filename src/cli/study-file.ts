import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../shared/faults.ts';
import { addressPath } from '../shared/study-address.ts';

/**
 * The absolute path of an experiment file that must exist, or the address of another program's study; its text is not read: the store knows
 * what ran.
 */
export function studyFile(given: string): string {
  // A file may be called what looks like the address of a study in another one.
  const path = existsSync(given) ? given : addressPath(given);
  if (existsSync(path)) return resolve(path) + given.slice(path.length);
  throw new UserError('file-missing', 'there is no such experiment file.', {
    place: { file: path },
    advice: 'Check the path.',
  });
}
