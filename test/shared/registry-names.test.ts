import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { learners } from '../../src/engine/learners/registry.ts';
import { architectureStrategies } from '../../src/engine/nas/registry.ts';
import { pruners } from '../../src/engine/search/pruners/registry.ts';
import { samplers } from '../../src/engine/search/samplers/registry.ts';
import { learnerNames, nasNames, prunerNames, samplerNames } from '../../src/shared/experiment/schema.ts';

const sorted = (names: readonly string[]) => [...names].sort();

describe('names in the experiment file are those of the registries', () => {
  it('learners', () => assert.deepEqual(sorted(learnerNames), sorted(learners.map(({ name }) => name))));
  it('samplers', () => assert.deepEqual(sorted(samplerNames), sorted(['auto', ...Object.keys(samplers)])));
  it('pruners', () => assert.deepEqual(sorted(prunerNames), sorted(['auto', ...Object.keys(pruners)])));
  it('architecture searches', () =>
    assert.deepEqual(sorted(nasNames), sorted(['none', ...architectureStrategies.map(({ name }) => name)])));
});
