import type { Random } from '../../random.ts';

/** Passes over all points, and the gain below which no more is made. */
const [mostPasses, leastGain] = [100, 1e-4];

/** Places in the plane whose distances resemble the given ones. */
export interface Embedding {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Metric multidimensional scaling by majorisation (SMACOF: de Leeuw 1977; Borg and Groenen 2005, section 8.6): from places drawn at
 * random, each pass moves every point to the mean of where the others want it (the Guttman transform), which never makes the squared errors
 * larger.
 * @param distances [n x n] symmetric, 0 on the diagonal
 */
export function embed(distances: Float64Array, count: number, random: Random): Embedding {
  let places: Embedding = {
    x: Float64Array.from({ length: count }, () => random.uniform() - 0.5),
    y: Float64Array.from({ length: count }, () => random.uniform() - 0.5),
  };
  let stress = stressOf(distances, places);
  for (let pass = 0; pass < mostPasses && stress > 0; pass++) {
    const moved = guttmanTransform(distances, places);
    const now = stressOf(distances, moved);
    places = moved;
    const gain = (stress - now) / stress;
    stress = now;
    if (gain < leastGain) break;
  }
  return places;
}

function guttmanTransform(distances: Float64Array, { x, y }: Embedding): Embedding {
  const count = x.length;
  const moved = { x: new Float64Array(count), y: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
      const now = Math.sqrt(dx * dx + dy * dy);
      const ratio = now > 0 ? distances[i * count + j] / now : 0;
      moved.x[i] += (ratio * dx) / count;
      moved.y[i] += (ratio * dy) / count;
    }
  }
  return moved;
}

/** Sum of squared errors of the distances. */
function stressOf(distances: Float64Array, { x, y }: Embedding): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
      sum += (Math.sqrt(dx * dx + dy * dy) - distances[i * x.length + j]) ** 2;
    }
  }
  return sum;
}
