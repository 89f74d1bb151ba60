import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Document {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

const read = (path: string): Document => ({ path, text: readFileSync(join(root, path), 'utf8') });

/** Everything that is written for people, beside the source. */
export const documents: readonly Document[] = globSync(
  ['*.md', 'docs/**/*.md', 'examples/*/*.md', 'test/**/*.md', 'bench/**/*.md'],
  { cwd: root },
)
  .sort()
  .map(read);

/** The text without its fenced blocks, in which a bracket is code. */
export const prose = ({ text }: Document): string => text.replace(/^```[\s\S]*?^```$/gm, '');

/** Contents of the fenced blocks in one language. */
export const blocks = ({ text }: Document, language: string): string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, of, code]) => (of === language ? [code] : []));

export function document(path: string): Document {
  const found = documents.find((each) => each.path === path);
  if (!found) throw new Error(`there is no document ${path} among ${documents.map((each) => each.path).join(', ')}`);
  return found;
}
