import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface InstalledPackage {
  readonly name: string;
  readonly folder: string;
}

/** A package and all that it needs to run here. Optional ones that npm left out, those of other platforms, are left out. */
export async function runtimeDependencies(root: string, name: string): Promise<InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  const visit = async (wanted: string, isOptional: boolean): Promise<void> => {
    const folder = join(root, 'node_modules', wanted);
    if (found.has(wanted) || (isOptional && !existsSync(folder))) return;
    found.set(wanted, { name: wanted, folder });
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    for (const next of Object.keys(manifest.dependencies ?? {})) await visit(next, false);
    for (const next of Object.keys(manifest.optionalDependencies ?? {})) await visit(next, true);
  };
  await visit(name, false);
  return [...found.values()];
}
