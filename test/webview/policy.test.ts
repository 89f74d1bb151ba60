import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { bundle } from './bundle.ts';

const source = resolve(import.meta.dirname, '../../src/webview');
const pages = [
  ['dashboard.ts', 'page'],
  ['trial.ts', 'page'],
  ['report.ts', 'inline'],
] as const;

/** What `default-src 'none'` with a nonce would refuse, or what would speak to somebody. */
const forbidden: Readonly<Record<string, RegExp>> = {
  eval: /\beval\s*\(/,
  'code from text': /\bnew Function\s*\(|\bFunction\s*\(\s*['"]/,
  'a timer of text': /\bset(Timeout|Interval)\s*\(\s*['"`]/,
  'a request': /\bfetch\s*\(|\bXMLHttpRequest\b|\bsendBeacon\b|\bEventSource\b|\bWebSocket\b/,
  'a document written over': /\bdocument\.write\b/,
};

describe('the bundles keep the content security policy', () => {
  for (const [file, kind] of pages) {
    describe(file, () => {
      let script = '';
      before(async () => {
        script = await bundle(`src/webview/${file}`, kind);
      });
      for (const [what, pattern] of Object.entries(forbidden)) {
        it(`has no ${what}`, () => assert.doesNotMatch(script, pattern));
      }
    });
  }

  it('no template has an inline style or handler, which a nonce does not cover', () => {
    const inline = /<[^>`]*\s(style|on[a-z]+)=(["'$]|\$\{)/;
    const files = globSync('**/*.ts', { cwd: source });
    assert.deepEqual(
      files.filter((file) => inline.test(readFileSync(join(source, file), 'utf8'))),
      [],
    );
  });

  it('elements of @vscode-elements are only made in components/', () => {
    const files = globSync('**/*.ts', { cwd: source }).filter((file) => !file.startsWith('components'));
    const using = files.filter((file) => /@vscode-elements|<vscode-/.test(readFileSync(join(source, file), 'utf8')));
    assert.deepEqual(using, []);
  });
});
