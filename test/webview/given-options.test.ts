import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TechniqueOption } from '../../src/shared/results/technique-option.ts';
import { fieldKind, givenOptions } from '../../src/webview/trial/given-options.ts';

const names = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);
const option = (given: Partial<TechniqueOption>): TechniqueOption => ({
  name: 'grid',
  description: 'Points.',
  type: 'integer',
  ...given,
});

describe("the form of a technique's options", () => {
  it('asks for each by its type, and leaves out what a form cannot hold', () => {
    assert.equal(fieldKind(option({})), 'number');
    assert.equal(fieldKind(option({ type: 'string', of: 'class', enum: ['A', 'B'] })), 'choice');
    assert.equal(fieldKind(option({ type: 'string' })), 'text');
    assert.equal(fieldKind(option({ type: 'array', of: 'column', enum: names(5) })), 'ticks');
    assert.equal(fieldKind(option({ type: 'array', of: 'column', enum: names(5000) })), 'names');
    assert.equal(fieldKind(option({ type: 'array', shape: 'rows of numbers' })), undefined);
    assert.equal(fieldKind(option({ type: 'object' })), undefined);
  });

  it('gives what was filled in, and leaves the rest to the technique', () => {
    const options = [
      option({}),
      option({ name: 'correlation', type: 'number' }),
      option({ name: 'class', type: 'string', enum: ['A', 'B'] }),
      option({ name: 'frozen', type: 'array', of: 'column', enum: names(3) }),
      option({ name: 'columns', type: 'array', of: 'column', enum: names(5000) }),
    ];
    const filled = { grid: '20', correlation: '', class: 'B', frozen: ['c1'], columns: 'c7, c8' };
    assert.deepEqual(givenOptions(options, filled), { grid: 20, class: 'B', frozen: ['c1'], columns: ['c7', 'c8'] });
    assert.deepEqual(givenOptions(options, { frozen: [] }), {});
  });
});
