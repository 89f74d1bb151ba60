import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const git = (...parameters: string[]) => execFileSync('git', parameters, { cwd: root, encoding: 'utf8' });

/** The files of the project, as Git knows them: tracked, and new ones that it does not ignore. */
const files = git('ls-files', '--cached', '--others', '--exclude-standard')
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const code = files.filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith('.d.ts'));
const text = (file: string) => readFileSync(join(root, file), 'utf8');

/** The lines that match, as 'file:line'. */
const linesWith = (among: readonly string[], pattern: RegExp) =>
  among.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );

describe('the habits of the house', () => {
  it('nothing is left to do in a comment', () => {
    assert.deepEqual(linesWith(code, /(\/\/|\/\*|^ *\*) *(TODO|FIXME|XXX|HACK)\b/), [], 'do it, or open an issue');
  });

  it('a file is named after its one concept', () => {
    const vague = /(^|\/)(utils?|helpers?|managers?|misc|common)(\/|\.\w+$)/;
    assert.deepEqual(
      files.filter((file) => vague.test(file)),
      [],
    );
  });

  it('a file of code is at most 500 lines long', () => {
    const long = code.filter((file) => text(file).split('\n').length > 500);
    assert.deepEqual(long, [], 'split it by concept');
  });

  it('what makes the compiler look away says why', () => {
    assert.deepEqual(linesWith(code, /@ts-(ignore|nocheck)|@ts-expect-error\s*$|biome-ignore [\w/]+\s*$/), []);
  });

  it('no lock file names a registry, and no file the folder it was written in', () => {
    const locks = files.filter((file) => file.endsWith('package-lock.json'));
    assert.deepEqual(linesWith(locks, /"resolved": "https?:/), []);
    const words = files.filter((file) => /\.(ts|mjs|cjs|js|json|md|ya?ml|html|css|svg)$/.test(file));
    const here = words.filter((file) => text(file).includes(`${root}/`));
    assert.deepEqual(here, []);
  });

  it('a lock file names the optional packages of every platform, or npm ci refuses it', () => {
    interface Locked {
      readonly optionalDependencies?: Readonly<Record<string, string>>;
    }
    for (const file of files.filter((name) => name.endsWith('package-lock.json'))) {
      const packages: Record<string, Locked> = JSON.parse(text(file)).packages;
      const optional = Object.values(packages).flatMap((locked) => Object.keys(locked.optionalDependencies ?? {}));
      const places = Object.keys(packages);
      const missing = optional.filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)));
      assert.deepEqual(missing, [], `${file}: run 'node build/complete-lock.ts'`);
    }
  });
});
