import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One import: of a file of ours, as its path below src/, or of a package, by its name. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isOurs: boolean;
  readonly line: number;
}

// Statements begin a line, because the formatter puts them there; `import(` is also how a type is named in place.
const statements = [
  /^(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"\n]+)['"]/gm,
  /^import\s+['"]([^'"\n]+)['"]/gm,
  /\b(?:import|require)\(\s*['"]([^'"\n]+)['"]/g,
];

/** The name of a package, without a path inside it. */
const packageOf = (specifier: string) =>
  specifier.startsWith('node:') ? specifier : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** The static, dynamic and type imports of one file, `path` being its place below src/. */
export function importsOf(path: string, text: string): Import[] {
  return statements.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const specifier = match[1];
      const isOurs = specifier.startsWith('.');
      const to = isOurs ? posix.join(posix.dirname(path), specifier) : packageOf(specifier);
      const line = text.slice(0, match.index + match[0].length).split('\n').length;
      return { from: path, to, isOurs, line };
    }),
  );
}

/** Every import of every source file below `folder`. */
export function readImports(folder: string): Import[] {
  const files = globSync('**/*.ts', { cwd: folder }).sort();
  return files.flatMap((file) => {
    const path = file.replaceAll('\\', '/');
    return importsOf(path, readFileSync(join(folder, file), 'utf8'));
  });
}
