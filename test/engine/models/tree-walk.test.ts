import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scoresOf, type Trees } from '../../../src/engine/models/tree-ensemble.ts';
import { TreeWalk } from '../../../src/engine/models/tree-walk.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';

/** Trees of random splits, some of them no deeper than their root. */
function trees(random: Random, inputs: number, width: number, missing: (random: Random) => number): Trees {
  const nodes: { input: number; threshold: number; missingLeft: number; left: number; right: number }[] = [];
  const add = (depth: number): number => {
    const at = nodes.push({ input: -1, threshold: 0, missingLeft: 0, left: 0, right: 0 }) - 1;
    if (depth === 0 || random.uniform() < 0.2) return at;
    nodes[at].input = random.integer(inputs);
    nodes[at].threshold = random.integer(5);
    nodes[at].missingLeft = missing(random);
    nodes[at].left = add(depth - 1);
    nodes[at].right = add(depth - 1);
    return at;
  };
  const roots = Uint32Array.from({ length: 7 }, () => add(6));
  const of = (name: keyof (typeof nodes)[number]) => nodes.map((node) => node[name]);
  return {
    scale: 'predictions',
    start: new Float64Array(width),
    roots,
    nodes: {
      input: Int32Array.from(of('input')),
      threshold: Float64Array.from(of('threshold')),
      missingLeft: Uint8Array.from(of('missingLeft')),
      set: new Int32Array(nodes.length).fill(-1),
      sets: new Uint32Array(0),
      left: Int32Array.from(of('left')),
      right: Int32Array.from(of('right')),
    },
    value: Float64Array.from({ length: nodes.length * width }, () => random.normal()),
  };
}

describe('trees walked down by four rows at a time', () => {
  const ways = { right: () => 0, left: () => 1, 'either way': (random: Random) => random.integer(2) };
  for (const [way, missing] of Object.entries(ways))
    it(`give bit for bit what one row at a time gives, missing numbers going ${way}`, () => {
      const random = createRandom(3);
      for (const [rows, width] of [
        [1, 1],
        [6, 3],
        [700, 1],
      ]) {
        const inputs = 3;
        const given = trees(random, inputs, width, missing);
        // Numbers that stand at thresholds, and none.
        const numbers = Float64Array.from({ length: rows * inputs }, () =>
          random.uniform() < 0.15 ? Number.NaN : random.integer(11) / 2,
        );
        const sums = new Float64Array(rows * width);
        new TreeWalk(given.nodes, given.roots, inputs, given.value).add(numbers, sums);
        const expected = Array.from({ length: rows }, (_, row) => scoresOf(given, numbers, row * inputs)).flat();
        assert.deepEqual([...sums], expected);
      }
    });
});
