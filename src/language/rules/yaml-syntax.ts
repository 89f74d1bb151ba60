import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Rule, replacement } from '../rule.ts';
import { shown } from '../scalar.ts';
import type { Source, SyntaxProblem } from '../source.ts';

function tab(source: Source, { start, end }: SyntaxProblem): Diagnostic {
  const range = source.rangeBetween(start, end);
  // One space for each tab is what the source read already; two make the levels visible.
  const fix = replacement(range, '  '.repeat(end - start), 'Change tabs to spaces');
  const message = 'This line is indented with a tab. YAML takes spaces only: use two for each level.';
  return diagnostic('yaml-tab', range, message, fix);
}

function missingColon(source: Source, { start, end }: SyntaxProblem): Diagnostic {
  const key = source.text.slice(start, end).trim();
  const range = source.rangeBetween(start, start + key.length);
  const fix = replacement({ start: range.end, end: range.end }, ':', 'Add the colon');
  return diagnostic(
    'yaml-syntax',
    range,
    `${shown(key)} is not a key yet. Write a colon after it, then its value.`,
    fix,
  );
}

function duplicate(source: Source, { start, end }: SyntaxProblem): Diagnostic {
  // The reader reports the first letter of the second key only.
  const key = /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]*)/.exec(source.text.slice(start))?.[0] ?? '';
  const range = source.rangeBetween(start, Math.max(end, start + key.length));
  return diagnostic('duplicate-key', range, `${key || 'This key'} stands twice here. Keep one of the two.`);
}

const advice: Readonly<Record<string, string>> = {
  BAD_INDENT: 'Indent what belongs together by the same number of spaces, and close every bracket and brace.',
  MISSING_CHAR: 'Close every quote, bracket and brace, and separate items by commas.',
  MULTIPLE_DOCS: 'An experiment file holds one document: remove everything from --- on.',
  BAD_ALIAS: 'Write the value out instead of the alias, or set its anchor before.',
};

function other(source: Source, { code, message, start, end }: SyntaxProblem): Diagnostic {
  const words = [`${message.replace(/[.;].*/s, '')}.`, advice[code]].filter(Boolean).join(' ');
  const place = source.positionAt(start);
  const last = source.positionAt(Math.max(end, start + 1));
  const lineEnd = source.text.indexOf('\n', start);
  const range =
    last.line === place.line
      ? { start: place, end: last }
      : source.rangeBetween(start, Math.max(start, lineEnd < 0 ? source.text.length : lineEnd));
  return diagnostic('yaml-syntax', range, words);
}

/** What the YAML reader says, in our words; the rest of the file is checked all the same. */
export const yamlSyntax: Rule = {
  codes: ['yaml-syntax', 'yaml-tab', 'duplicate-key'],
  *check({ source }) {
    for (const problem of source.problems) {
      if (problem.code === 'TAB_AS_INDENT') yield tab(source, problem);
      else if (problem.code === 'DUPLICATE_KEY') yield duplicate(source, problem);
      else if (problem.code === 'MULTILINE_IMPLICIT_KEY') yield missingColon(source, problem);
      else yield other(source, problem);
    }
  },
};
