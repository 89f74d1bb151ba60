import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { fitBohamiann } from '../../../../src/engine/search/surrogates/bohamiann.ts';
import { fitDngo } from '../../../../src/engine/search/surrogates/dngo.ts';
import { sampleConfiguration } from '../../../../src/engine/space/configuration.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';
import type { Params } from '../../../../src/shared/space.ts';

const space = describeSpace({
  kind: { choice: ['a', 'b'] },
  x: { float: [-2, 2] },
  y: { float: [-2, 2], when: { kind: 'a' } },
});
const truth = ({ kind, x, y }: Params): number => 1000 + 50 * ((Number(x) - 0.5) ** 2 + (kind === 'a' ? Number(y) : 3));

function observed(count: number, seed: number, allowed: (params: Params) => boolean = () => true) {
  const random = createRandom(seed);
  const drawn: Params[] = [];
  while (drawn.length < count) {
    const params = sampleConfiguration(space, random);
    if (allowed(params)) drawn.push(params);
  }
  return { points: drawn.map((params) => encode(space, params)), losses: Float64Array.from(drawn, truth) };
}

const surrogates = { dngo: fitDngo, bohamiann: fitBohamiann };

for (const [name, fitModel] of Object.entries(surrogates)) {
  describe(`the ${name} surrogate`, () => {
    test('foretells unseen configurations of a conditional space, in the unit of the losses', () => {
      const [seen, unseen] = [observed(60, 1), observed(60, 2)];
      const model = fitModel(space, seen.points, seen.losses, createRandom(3));
      const { mean } = model.predict(unseen.points);
      const average = unseen.losses.reduce((a, b) => a + b) / 60;
      const squares = (of: (i: number) => number) =>
        unseen.losses.reduce((sum, loss, i) => sum + (loss - of(i)) ** 2, 0);
      const fitted = 1 - squares((i) => mean[i]) / squares(() => average);
      assert.ok(fitted > 0.9, `R2 ${fitted}`);
      assert.ok(model.fit! > 0.8 && model.fit! <= 1);
    });

    test('is less sure where nothing was seen', () => {
      const seen = observed(50, 1, ({ kind, x }) => kind === 'b' && Number(x) < 0.5);
      const model = fitModel(space, seen.points, seen.losses, createRandom(3));
      const { deviation } = model.predict([
        encode(space, { kind: 'b', x: -0.7 }),
        encode(space, { kind: 'b', x: 2 }),
        encode(space, { kind: 'a', x: 2, y: -2 }),
      ]);
      assert.ok(deviation[1] > 2 * deviation[0], `${deviation}`);
      assert.ok(deviation[2] > 2 * deviation[0], `${deviation}`);
    });

    test('listens more to observations close by', () => {
      const seen = observed(40, 1);
      const model = fitModel(space, seen.points, seen.losses, createRandom(3));
      const loudest = seen.points.map((point, own) => {
        const weights = model.weights(point).map(Math.abs);
        return weights.toSorted((a, b) => b - a).indexOf(weights[own]);
      });
      const mean = loudest.reduce((a, b) => a + b) / loudest.length;
      assert.ok(mean < 8, `an observation's own rank among 40 is ${mean}`);
    });

    test('equal losses, a single one, and the largest numbers there are give finite predictions', () => {
      const { points } = observed(4, 1);
      for (const losses of [[5, 5, 5, 5], [7], [1.7e308, -1.7e308, 0, 1]]) {
        const model = fitModel(space, points.slice(0, losses.length), Float64Array.from(losses), createRandom(1));
        const { mean, deviation } = model.predict(points);
        for (const value of [...mean, ...deviation, model.noise]) assert.ok(Number.isFinite(value), `${losses}`);
      }
    });

    test('the same random stream gives the same predictions', () => {
      const { points, losses } = observed(12, 1);
      const [one, same, other] = [1, 1, 2].map(
        (seed) => fitModel(space, points, losses, createRandom(seed)).predict(points).mean,
      );
      assert.deepEqual(one, same);
      assert.notDeepEqual(one, other);
    });
  });
}
