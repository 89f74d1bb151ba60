import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An npm package that a person may have installed. */
export interface FoundPackage {
  readonly folder: string;
  readonly version: string;
}

/**
 * Where packages that are no part of Vitrine are looked for, in this order: the folders that VITRINE_ACCELERATORS names, the folder
 * that Vitrine was started in (a workspace's), and where Vitrine itself is installed.
 */
export const packagePlaces = (): string[] => [
  ...(process.env.VITRINE_ACCELERATORS ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((place) => resolve(place)),
  process.cwd(),
  dirname(fileURLToPath(import.meta.url)),
];

/** Puts a folder after those that VITRINE_ACCELERATORS names, for this process and those that it starts. */
export function addPackagePlace(folder: string): void {
  process.env.VITRINE_ACCELERATORS = [process.env.VITRINE_ACCELERATORS, folder].filter(Boolean).join(delimiter);
}

/** The first of these places that has the package, in its own node_modules or in that of a folder above, as Node resolves. Runs nothing of it. */
export function findPackage(name: string, places: readonly string[] = packagePlaces()): FoundPackage | undefined {
  for (const place of places) {
    for (let above = place, below = ''; above !== below; below = above, above = dirname(above)) {
      const folder = join(above, 'node_modules', name);
      const version = versionIn(join(folder, 'package.json'));
      if (version !== undefined) return { folder, version };
    }
  }
  return undefined;
}

/** Undefined where there is no manifest, or none that can be read: an install that was cut off is none. */
function versionIn(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  try {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
