import type { KnownData } from '../context.ts';
import { diagnostic, type Rule } from '../rule.ts';
import { textAt } from '../texts.ts';

const missing = (data: KnownData | undefined): string | undefined =>
  data && 'missing' in data ? data.missing : undefined;

/** The provider tried to read the files and says why it could not. */
export const dataMissing: Rule = {
  codes: ['data-missing'],
  *check({ source, context }) {
    const files = [
      { path: ['data', 'path'], why: missing(context.columns) },
      { path: ['data', 'split', 'test'], why: missing(context.testColumns) },
    ];
    for (const { path, why } of files)
      if (why !== undefined && textAt(source, path)) yield diagnostic('data-missing', source.valueRange(path), why);
  },
};
