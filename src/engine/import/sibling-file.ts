import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../error-code.ts';
import { parsePythonJson } from './python-json.ts';

/** Text of another file in the folder of `path`; undefined where there is none. Other failures are thrown as they are. */
export async function siblingText(path: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(dirname(path), name), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** As `siblingText`, parsed. Throws a UserError `import-damaged` that names that file. */
export async function siblingJson(path: string, name: string): Promise<unknown> {
  const text = await siblingText(path, name);
  return text === undefined ? undefined : parsePythonJson(text, join(dirname(path), name));
}
