import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressPath, addressWishes, type ImportWishes, studyAddress } from '../../src/shared/study-address.ts';

const wishes: readonly ImportWishes[] = [
  {},
  { study: 'two goals' },
  { study: 'a/b\\c#d&e=f+g%h' },
  { values: ['loss', 'time (s)'] },
  { study: 'ä', values: ['x'], directions: ['maximize', 'minimize'] },
];

describe('the address of a study', () => {
  for (const path of ['/data/runs.db', 'C:\\data\\runs#1.csv', '/a/b#study/c.db'])
    for (const wish of wishes)
      it(`gives back ${path} and ${JSON.stringify(wish)}`, () => {
        const address = studyAddress(path, wish);
        assert.equal(addressPath(address), path);
        assert.deepEqual(addressWishes(address), wish);
        assert.equal(
          address
            .split(/[\\/]/)
            .at(-1)
            ?.startsWith(path.split(/[\\/]/).at(-1) ?? ''),
          true,
          'one name in its folder',
        );
      });

  it('is the path alone where nothing more is meant', () => assert.equal(studyAddress('/a.db', {}), '/a.db'));
});
