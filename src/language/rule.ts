import { type Code, codes } from './codes.ts';
import type { ProviderContext } from './context.ts';
import type { Diagnostic, Fix, Range } from './diagnostic.ts';
import type { Source } from './source.ts';

/** What a rule looks at. */
export interface Given {
  readonly source: Source;
  readonly context: ProviderContext;
}

/** One thing that can be wrong with a file. A rule passes over what other rules complain of, and never throws on bad input. */
export interface Rule {
  readonly codes: readonly Code[];
  check(given: Given): Iterable<Diagnostic>;
}

export const diagnostic = (code: Code, range: Range, message: string, fix?: Fix): Diagnostic => ({
  code,
  severity: codes[code].severity,
  message,
  range,
  ...(fix && { fix }),
});

/** Offers to write something else in the same place. */
export const replacement = (range: Range, newText: string, title = `Change to ${newText}`): Fix => ({
  title,
  edits: [{ range, newText }],
});
