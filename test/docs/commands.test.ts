import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { phases } from '../run/phases.ts';
import { document, documents, root } from './documents.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What follows `words` in all documents, with the document. */
const named = (words: RegExp) =>
  documents.flatMap(({ path, text }) => [...text.matchAll(words)].map(([, name]) => ({ path, name })));

describe('commands that the documents name', () => {
  it('npm run SCRIPT, npm start and npm test are scripts', () => {
    const found = [...named(/\bnpm run ([\w:-]+)/g), ...named(/\bnpm (start|test)\b/g)];
    assert.ok(found.length > 3);
    assert.deepEqual(
      found.filter(({ name }) => !(name in scripts)),
      [],
    );
  });

  it('npm test -- PHASE is a phase', () => {
    const found = named(/\bnpm test -- ([a-z]+)/g);
    assert.ok(found.length > 0);
    assert.deepEqual(
      found.filter(({ name }) => !phases.some((phase) => phase.name === name)),
      [],
    );
  });

  it("the phases of CONTRIBUTING's table are all there are", () => {
    const [, list] = /one phase only: (.*?)\|/.exec(document('CONTRIBUTING.md').text) ?? [];
    const told = [...(list ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const all = phases.map(({ name }) => name);
    assert.deepEqual(told, all);
  });

  it('vitrine COMMAND is a command, and the README tells all of them', () => {
    const commands = globSync('src/cli/commands/*.ts', { cwd: root }).map((path) => basename(path, '.ts'));
    const told = named(/`vitrine ([a-z]+(?:-[a-z]+)*)\b/g);
    assert.deepEqual(
      told.filter(({ name }) => !commands.includes(name)),
      [],
    );
    const inReadme = new Set(told.filter(({ path }) => path === 'README.md').map(({ name }) => name));
    assert.deepEqual([...inReadme].sort(), commands.sort());
  });
});
