import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../shared/faults.ts';

/** The absolute path of an experiment file that must exist; its text is not read: the store knows what ran. */
export function studyFile(given: string): string {
  const file = resolve(given);
  if (existsSync(file)) return file;
  throw new UserError('file-missing', 'there is no such experiment file.', {
    place: { file: given },
    advice: 'Check the path.',
  });
}
