import type { Diagnostic, Fix } from '../diagnostic.ts';
import { diagnostic, type Rule, replacement } from '../rule.ts';
import { shown } from '../scalar.ts';
import type { Source, SyntaxProblem } from '../source.ts';

/** Mends every such line at once: spaces here and tabs there would not be one indentation. */
function tabsFix(source: Source): Fix {
  const tabs = source.problems.filter(({ code }) => code === 'TAB_AS_INDENT');
  const edits = tabs.map(({ start, end }) => ({
    range: source.rangeBetween(start, end),
    newText: '  '.repeat(end - start),
  }));
  return { title: 'Change tabs to spaces', edits };
}

function tab(source: Source, { start, end }: SyntaxProblem): Diagnostic {
  const message = 'This line is indented with a tab. YAML takes spaces only: use two for each level.';
  return diagnostic('yaml-tab', source.rangeBetween(start, end), message, tabsFix(source));
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

/** A word alone on its line, where a key and its value should be. */
const lacksColon = (source: Source, { code, start, end }: SyntaxProblem): boolean =>
  code === 'MULTILINE_IMPLICIT_KEY' || (code === 'MISSING_CHAR' && /^[\w-]+$/.test(source.text.slice(start, end)));

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
      else if (lacksColon(source, problem)) yield missingColon(source, problem);
      else yield other(source, problem);
    }
  },
};
