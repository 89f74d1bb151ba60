import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from '../../../../src/engine/random.ts';
import {
  createAutoencoder,
  decodeLatent,
  encodeLatent,
  evidenceLoss,
  trainAutoencoder,
} from '../../../../src/engine/search/surrogates/variational-autoencoder.ts';
import { sampleConfiguration } from '../../../../src/engine/space/configuration.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { decode, encode } from '../../../../src/engine/space/encoding.ts';

const space = describeSpace({
  kind: { choice: ['a', 'b', 'c'] },
  x: { float: [0, 1] },
  size: { ordinal: ['small', 'middle', 'large'], when: { kind: ['a', 'b'] } },
});
const draw = (random: Random) => encode(space, sampleConfiguration(space, random));

test('slopes of the evidence bound are those of finite differences, inactive parameters among them', () => {
  const random = createRandom(1);
  const autoencoder = createAutoencoder(space, random, { latent: 2, units: 3, divergence: 0.7 });
  const { weights } = autoencoder;
  for (let i = 0; i < weights.length; i++) weights[i] += 0.3 * random.normal();
  const points = ['a', 'b', 'c', 'c'].map((kind, i) =>
    encode(space, { kind, x: i / 4, ...(kind !== 'c' && { size: 'large' }) }),
  );
  const noise = Float64Array.from({ length: 8 }, () => random.normal());
  const { slopes } = evidenceLoss(autoencoder, points, noise);
  for (let i = 0; i < weights.length; i++) {
    const kept = weights[i];
    weights[i] = kept + 1e-5;
    const above = evidenceLoss(autoencoder, points, noise).loss;
    weights[i] = kept - 1e-5;
    const wanted = (above - evidenceLoss(autoencoder, points, noise).loss) / 2e-5;
    weights[i] = kept;
    assert.ok(Math.abs(slopes[i] - wanted) < 1e-5 * (1 + Math.abs(wanted)), `${i}: ${slopes[i]}, wanted ${wanted}`);
  }
});

test('after training most configurations come back from their latent vector, none before', () => {
  const random = createRandom(2);
  const untrained = createAutoencoder(space, random.fork('weights'));
  const trained = trainAutoencoder(untrained, draw, { steps: 800, batch: 32, rate: 0.01 }, random.fork('training'));
  const asked = Array.from({ length: 100 }, () => draw(random));
  const errors = [untrained, trained].map((autoencoder) => {
    const back = decodeLatent(autoencoder, encodeLatent(autoencoder, asked));
    const same = asked.filter((point, i) => decode(space, point).kind === decode(space, back[i]).kind).length;
    const distance = asked.reduce((sum, point, i) => sum + Math.abs(point[1] - back[i][1]), 0) / asked.length;
    return { same, distance };
  });
  assert.ok(errors[1].same >= 90 && errors[0].same < 80, JSON.stringify(errors));
  assert.ok(errors[1].distance < 0.12 && errors[1].distance < errors[0].distance / 2, JSON.stringify(errors));
});

test('training leaves the autoencoder that it begins with as it was', () => {
  const autoencoder = createAutoencoder(space, createRandom(1));
  const before = autoencoder.weights.slice();
  trainAutoencoder(autoencoder, draw, { steps: 3, batch: 4, rate: 0.1 }, createRandom(2));
  assert.deepEqual(autoencoder.weights, before);
});

test('what is decoded can be settled: coordinates within the unit interval, a choice at its middle', () => {
  const autoencoder = createAutoencoder(space, createRandom(1), { latent: 3 });
  const random = createRandom(4);
  const latents = Array.from({ length: 50 }, () => Float64Array.from({ length: 3 }, () => 4 * random.normal()));
  for (const [kind, x, size] of decodeLatent(autoencoder, latents)) {
    assert.ok([1 / 6, 3 / 6, 5 / 6].some((middle) => Math.abs(kind - middle) < 1e-12));
    assert.ok(x >= 0 && x <= 1 && size >= 0 && size <= 1);
  }
});
