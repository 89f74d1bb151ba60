import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from './workbench.ts';

/** Changes a file of the open folder on disk. */
export async function editFile({ folder }: Workbench, name: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${name} is as it was: what was to be changed is not in it.`);
  await writeFile(path, changed);
}
