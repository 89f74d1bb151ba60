import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { document, documents, prose, root } from './documents.ts';

/** What is set as code and looks like a path. */
const pathsIn = (text: string) => [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)*)\/?`/g)].map(([, path]) => path);
const exists = (...parts: readonly string[]) => existsSync(join(root, ...parts));

describe('paths that the documents name', () => {
  for (const { path, ...rest } of documents)
    it(`of ${path} exist`, () => {
      const named = pathsIn(prose({ path, ...rest })).filter((name) =>
        /^(src|test|docs|examples|bench|bin|build|media)\//.test(name),
      );
      assert.deepEqual(
        named.filter((name) => !exists(name)),
        [],
      );
    });

  it("each row of CONTRIBUTING's tables names files that exist, short ones beside the row's first", () => {
    const rows = document('CONTRIBUTING.md')
      .text.split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => pathsIn(line).filter((name) => /\.ts$|\//.test(name) && !name.startsWith('dist')));
    assert.ok(rows.filter((row) => row.length > 2).length >= 6);
    for (const row of rows)
      for (const name of row) assert.ok(exists(name) || exists(dirname(row[0]), name), `${name} of ${row.join(', ')}`);
  });

  it('the short names of docs/architecture.md are files of the engine or of shared', () => {
    const short = pathsIn(document('docs/architecture.md').text).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('src/'),
    );
    assert.ok(short.length > 0);
    assert.deepEqual(
      short.filter((name) => !exists('src/engine', name) && !exists('src', name)),
      [],
    );
  });
});
