import type { Space } from '../../../shared/space.ts';
import { adam } from '../../numerics/adam.ts';
import type { Random } from '../../random.ts';
import { isCategorical } from '../../space/distribution.ts';
import { DenseNetwork } from './dense-network.ts';
import { networkFeatures } from './network-features.ts';
import { type Block, reconstruct } from './variational-autoencoder/reconstruction.ts';

export interface AutoencoderOptions {
  /** Numbers in which a configuration is written; default: half of the parameters, 3 to 8. */
  readonly latent?: number;
  readonly units?: number;
  /** Weight of the divergence from the prior against the error of reconstruction; default: 0.05. */
  readonly divergence?: number;
}

/** The weights of an encoder and a decoder, one after the other, and what they are weights of. */
export interface Autoencoder {
  readonly latent: number;
  readonly weights: Float64Array;
  readonly encoder: DenseNetwork;
  readonly decoder: DenseNetwork;
  readonly blocks: readonly Block[];
  readonly divergence: number;
  readonly space: Space;
}

/**
 * A variational autoencoder of configurations (Kingma and Welling 2014): the encoder gives mean and log variance of each of a few latent
 * numbers, the decoder a coordinate for each ordered parameter and the logits of each choice. Parameters that are not active are not
 * judged, so that the decoder is free there, and the conditions of the space decide what of its answer counts.
 */
export function createAutoencoder(
  space: Space,
  random: Random,
  {
    latent = Math.min(8, Math.max(3, Math.ceil(space.parameters.length / 2))),
    units = 32,
    divergence = 0.05,
  }: AutoencoderOptions = {},
): Autoencoder {
  const blocks = blocksOf(space);
  const outputs = blocks.reduce((sum, { width }) => sum + width, 0);
  const encoder = new DenseNetwork([networkFeatures(space).count, units, 2 * latent]);
  const decoder = new DenseNetwork([latent, units, outputs]);
  const weights = new Float64Array(encoder.weightCount + decoder.weightCount);
  weights.set(encoder.initialWeights(random));
  weights.set(decoder.initialWeights(random), encoder.weightCount);
  return { latent, weights, encoder, decoder, blocks, divergence, space };
}

function blocksOf({ parameters }: Space): Block[] {
  let start = 0;
  return parameters.map(({ distribution }) => {
    const choices = isCategorical(distribution) ? distribution.choices.length : 0;
    const block = { start, choices, width: choices || 1 };
    start += block.width;
    return block;
  });
}

/** Latent means of configurations, [points][latent]. */
export function encodeLatent(autoencoder: Autoencoder, points: readonly Float64Array[]): Float64Array[] {
  const { encoder, latent, space } = autoencoder;
  const values = encoder.forward(partsOf(autoencoder)[0], networkFeatures(space).of(points), points.length);
  return points.map((_, row) => values[2].slice(row * 2 * latent, row * 2 * latent + latent));
}

/** The likeliest configuration of each latent vector, as points without NaN that still have to be settled in their space. */
export function decodeLatent(autoencoder: Autoencoder, latents: readonly Float64Array[]): Float64Array[] {
  const { decoder, latent, blocks } = autoencoder;
  const inputs = new Float64Array(latents.length * latent);
  for (const [row, vector] of latents.entries()) inputs.set(vector, row * latent);
  const outputs = decoder.forward(partsOf(autoencoder)[1], inputs, latents.length)[2];
  const width = outputs.length / Math.max(1, latents.length);
  return latents.map((_, row) => {
    const own = outputs.subarray(row * width, (row + 1) * width);
    return Float64Array.from(blocks, ({ start, choices }) => {
      if (choices === 0) return Math.min(1, Math.max(0, own[start] + 0.5));
      const logits = own.subarray(start, start + choices);
      return (logits.indexOf(logits.reduce((a, b) => Math.max(a, b))) + 0.5) / choices;
    });
  });
}

export interface AutoencoderTraining {
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
}

/**
 * The same autoencoder after more training; `draw` gives the configuration of each row of a batch, and so decides how much each counts
 * (Tripp et al. 2020, weighted retraining).
 */
export function trainAutoencoder(
  autoencoder: Autoencoder,
  draw: (random: Random) => Float64Array,
  { steps, batch, rate }: AutoencoderTraining,
  random: Random,
): Autoencoder {
  const trained = { ...autoencoder, weights: autoencoder.weights.slice() };
  const optimizer = adam(trained.weights.length);
  for (let step = 0; step < steps; step++) {
    const points = Array.from({ length: batch }, () => draw(random));
    const noise = Float64Array.from({ length: batch * autoencoder.latent }, () => random.normal());
    const { slopes } = evidenceLoss(trained, points, noise);
    optimizer.step(trained.weights, slopes, (rate / 2) * (1 + Math.cos((Math.PI * step) / steps)));
  }
  return trained;
}

/**
 * The negative evidence lower bound of a batch, a mean over its rows, with its slopes by all weights; z = mean + deviation noise
 * (Kingma and Welling 2014, equations 7 and 10).
 * @param noise [points x latent] standard normal
 */
export function evidenceLoss(autoencoder: Autoencoder, points: readonly Float64Array[], noise: Float64Array) {
  const { encoder, decoder, latent, blocks, divergence, space } = autoencoder;
  const rows = points.length;
  const [encoding, decoding] = partsOf(autoencoder);
  const encoded = encoder.forward(encoding, networkFeatures(space).of(points), rows);
  const code = encoded[2];
  const z = new Float64Array(rows * latent);
  const codeSlopes = new Float64Array(code.length);
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < latent; k++) {
      const at = row * 2 * latent + k;
      const [mean, logVariance] = [code[at], code[at + latent]];
      z[row * latent + k] = mean + Math.exp(logVariance / 2) * noise[row * latent + k];
      loss += (divergence * (mean ** 2 + Math.exp(logVariance) - 1 - logVariance)) / 2 / rows;
      codeSlopes[at] = (divergence * mean) / rows;
      codeSlopes[at + latent] = (divergence * (Math.exp(logVariance) - 1)) / 2 / rows;
    }
  }
  const decoded = decoder.forward(decoding, z, rows);
  const { error, slopes: outputSlopes } = reconstruct(blocks, points, decoded[2]);
  const slopes = new Float64Array(autoencoder.weights.length);
  const [encoderSlopes, decoderSlopes] = partsOf({ ...autoencoder, weights: slopes });
  const zSlopes = decoder.backward(decoding, decoded, outputSlopes, rows, decoderSlopes);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < latent; k++) {
      const [at, own] = [row * 2 * latent + k, row * latent + k];
      codeSlopes[at] += zSlopes[own];
      codeSlopes[at + latent] += (zSlopes[own] * noise[own] * Math.exp(code[at + latent] / 2)) / 2;
    }
  }
  encoder.backward(encoding, encoded, codeSlopes, rows, encoderSlopes);
  return { loss: loss + error, slopes };
}

/** The encoder's weights and the decoder's, views of the whole. */
const partsOf = ({ weights, encoder }: Autoencoder): [Float64Array, Float64Array] => [
  weights.subarray(0, encoder.weightCount),
  weights.subarray(encoder.weightCount),
];
