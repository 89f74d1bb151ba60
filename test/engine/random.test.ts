import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/engine/random.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('random', () => {
  it('repeats itself by seed, and differs between seeds from the first number on', () => {
    const firsts = draws(200, () => 0).map((_, seed) => createRandom(seed).uniform());
    assert.deepEqual(draws(5, createRandom(7).uniform), draws(5, createRandom(7).uniform));
    assert.equal(new Set(firsts).size, 200);
    // Uniform over seeds too: the mean of 200 has a standard deviation of 0.0204.
    assert.ok(Math.abs(mean(firsts) - 0.5) < 0.08, `mean of the first numbers: ${mean(firsts)}`);
  });

  it('forks by label alone, whatever was drawn before', () => {
    const random = createRandom(3);
    const before = random.fork('a').uniform();
    random.uniform();
    assert.equal(random.fork('a').uniform(), before);
    assert.notEqual(random.fork('b').uniform(), before);
    assert.notEqual(createRandom(4).fork('a').uniform(), before);
  });

  it('draws standard normals', () => {
    const values = draws(20_000, createRandom(1).normal);
    assert.ok(Math.abs(mean(values)) < 0.03);
    assert.ok(Math.abs(mean(values.map((value) => value ** 2)) - 1) < 0.05);
  });

  it('permutes: every number once, every order alike', () => {
    const random = createRandom(2);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = random.permutation(3).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    assert.equal(orders.size, 6);
    for (const count of orders.values()) assert.ok(Math.abs(count - 1_000) < 150, `${[...orders]}`);
  });
});
