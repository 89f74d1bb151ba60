import { visit } from 'yaml';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import type { SyntaxProblem } from '../repair.ts';
import { diagnostic, type Rule, replacement } from '../rule.ts';
import { shown } from '../scalar.ts';
import type { Source } from '../source.ts';

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

/** The reader notices at the end of the text that a quote is open; what helps is where it begins. */
function openQuote(source: Source, { start }: SyntaxProblem): Diagnostic {
  let opening = start;
  visit(source.document, {
    Scalar: (_, { type, range }) => {
      if ((type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') && range && range[1] >= start) opening = range[0];
    },
  });
  const end = source.text.indexOf('\n', opening);
  const range = source.rangeBetween(opening, end < 0 ? source.text.length : end);
  return diagnostic('yaml-syntax', range, 'This quote is never closed. Close it where the text ends.');
}

const advice: Readonly<Record<string, string>> = {
  BAD_INDENT: 'Indent what belongs together by the same number of spaces.',
  MISSING_CHAR: 'Close every quote, bracket and brace, and separate items by commas.',
  MULTIPLE_DOCS: 'An experiment file holds one document: remove everything from --- on.',
  BAD_ALIAS: 'Write the value out instead of the alias, or set its anchor before.',
};

function other(source: Source, { code, message, start, end }: SyntaxProblem): Diagnostic {
  const closing = /end with a (.)/.exec(message)?.[1];
  const words = closing
    ? `A ${closing} is missing: what was opened above is not closed before this line.`
    : [`${message.replace(/[.;].*/s, '')}.`, advice[code]].filter(Boolean).join(' ');
  const lineEnd = source.text.indexOf('\n', start);
  const last = Math.min(Math.max(end, start + 1), lineEnd < 0 ? source.text.length : Math.max(lineEnd, start));
  return diagnostic('yaml-syntax', source.rangeBetween(start, last), words);
}

function worded(source: Source, problem: SyntaxProblem): Diagnostic {
  if (problem.code === 'TAB_AS_INDENT') return tab(source, problem);
  if (problem.code === 'DUPLICATE_KEY') return duplicate(source, problem);
  if (lacksColon(source, problem)) return missingColon(source, problem);
  return /^Missing closing .quote/.test(problem.message) ? openQuote(source, problem) : other(source, problem);
}

/** What the YAML reader says, in our words; the rest of the file is checked all the same. */
export const yamlSyntax: Rule = {
  codes: ['yaml-syntax', 'yaml-tab', 'duplicate-key'],
  *check({ source }) {
    const told = new Set<number>();
    for (const problem of source.problems) {
      // Of several complaints about one place, the later ones follow from the first.
      if (!told.has(problem.start)) yield worded(source, problem);
      told.add(problem.start);
    }
  },
};
