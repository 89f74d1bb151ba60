import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { codes } from '../../src/language/codes.ts';
import { complete } from '../../src/language/complete.ts';
import type { ProviderContext } from '../../src/language/context.ts';
import type { Diagnostic, Fix, Position, Range } from '../../src/language/diagnostic.ts';
import { fixes } from '../../src/language/fixes.ts';
import { hover } from '../../src/language/hover.ts';
import { lenses } from '../../src/language/lenses.ts';
import { parseExperiment } from '../../src/language/parse.ts';
import { contexts } from './contexts.ts';
import { matchesGolden } from './golden-file.ts';
import { applied, textIn } from './text-edits.ts';

const folder = join(import.meta.dirname, 'goldens');
const inputs = readdirSync(folder).filter((name) => name.endsWith('.golden.yaml'));

interface Input {
  readonly text: string;
  /** Where the bar stood. */
  readonly cursor?: Position;
  readonly context: ProviderContext;
}

function readInput(name: string): Input {
  const raw = readFileSync(join(folder, name), 'utf8');
  const wanted = /^# with: (.*)$/m.exec(raw)?.[1] ?? 'nothing';
  assert.ok(Object.hasOwn(contexts, wanted), `${name} asks for an unknown context: ${wanted}`);
  const [before, ...rest] = raw.split('|');
  assert.ok(rest.length < 2, `${name} has more than one bar`);
  const lines = before.split('\n');
  const cursor = rest.length === 1 ? { line: lines.length - 1, character: lines[lines.length - 1].length } : undefined;
  return { text: before + rest.join(''), cursor, context: contexts[wanted] };
}

/** '3:11-18' from 1, and the text there. */
const place = (text: string, { start, end }: Range): string =>
  `${start.line + 1}:${start.character + 1}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character + 1} ${textIn(text, { start, end })}`;

const told = (text: string, { code, severity, message, range, fix }: Diagnostic) => ({
  at: place(text, range),
  severity,
  code,
  message,
  ...(fix && { fix: fix.title }),
});

const diagnose = ({ text, context }: Input) =>
  parseExperiment(text, '/work/penguins.vitrine.yaml', context).diagnostics.map((one) => told(text, one));

/** What a golden holds, by the first word of its name. */
const kinds: Readonly<Record<string, (input: Input & { cursor: Position }) => unknown>> = {
  diagnose,
  complete: ({ text, cursor, context }) =>
    complete(text, cursor, context).map(({ kind, label, detail, edit, snippet, suggestAgain }) => ({
      label,
      kind,
      ...(detail && { detail }),
      inserts: edit.newText,
      at: place(text, edit.range),
      ...(snippet && { snippet }),
      ...(suggestAgain && { suggestAgain }),
    })),
  hover: ({ text, cursor, context }) => {
    const found = hover(text, cursor, context);
    return found ? { at: place(text, found.range), says: found.contents.split('\n') } : 'nothing';
  },
  fix: ({ text, cursor, context }) =>
    fixes(text, { start: cursor, end: cursor }, context).map((fix) => ({
      mends: fix.diagnostic.code,
      title: fix.title,
      gives: applied(text, fix).split('\n'),
    })),
  lens: ({ text }) => lenses(text).map(({ title, command, range }) => ({ title, command, at: place(text, range) })),
};

const remaining = (text: string, { code, message }: Diagnostic, context: ProviderContext): number =>
  parseExperiment(text, '/work/penguins.vitrine.yaml', context).diagnostics.filter(
    (other) => other.code === code && other.message === message,
  ).length;

suite('goldens of the experiment language', () => {
  for (const name of inputs) {
    const input = readInput(name);
    const kind = name.split('-')[0];
    test(name.replace('.golden.yaml', ''), async () => {
      assert.ok(Object.hasOwn(kinds, kind), `${name}: there is no kind of golden named ${kind}`);
      const cursor = input.cursor ?? { line: 0, character: 0 };
      await matchesGolden(
        join(folder, name.replace('.golden.yaml', '.golden.json')),
        kinds[kind]({ ...input, cursor }),
      );
    });
  }

  test('every code is told by some golden', () => {
    const seen = new Set<string>(
      inputs
        .filter((name) => name.startsWith('diagnose'))
        .flatMap((name) => diagnose(readInput(name)).map((one) => one.code)),
    );
    assert.deepEqual(
      Object.keys(codes).filter((code) => !seen.has(code)),
      [],
    );
  });

  test('every fix mends what it belongs to', () => {
    let count = 0;
    for (const { text, context } of inputs.map(readInput)) {
      for (const one of parseExperiment(text, '/work/penguins.vitrine.yaml', context).diagnostics) {
        if (!one.fix) continue;
        count++;
        const fixed = applied(text, one.fix as Fix);
        const words = `${one.message} -> ${one.fix.title}`;
        assert.ok(remaining(fixed, one, context) < remaining(text, one, context), words);
      }
    }
    assert.ok(count > 20, 'the goldens hold fixes');
  });
});
