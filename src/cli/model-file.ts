import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

const beginning = '{"format":"vitrine-model"';

/** Whether a path is that of an exported model, a file or a folder, and not of an experiment. */
export function isModelFile(path: string): boolean {
  if (!existsSync(path)) return false;
  if (statSync(path).isDirectory()) return existsSync(join(path, 'model.json'));
  const bytes = Buffer.alloc(beginning.length);
  const file = openSync(path, 'r');
  try {
    return readSync(file, bytes) === bytes.length && bytes.toString() === beginning;
  } finally {
    closeSync(file);
  }
}
