import type { Picture } from '../../data/images/picture.ts';

/** Iterations after which centres hardly move, and how much nearness in the picture counts beside likeness (Achanta et al. 2012). */
const [iterations, compactness] = [10, 10];

interface Centre {
  readonly lab: readonly [number, number, number];
  readonly x: number;
  readonly y: number;
}

/**
 * SLIC superpixels (Achanta et al. 2012): k-means of colour (CIELAB) and place within windows around the centres, which begin on a grid;
 * what is cut off from its superpixel joins a neighbour. [pixels] labels from 0 on without gaps, in the order of their first pixel.
 */
export function superpixels(picture: Picture, wanted: number): Int32Array {
  const { width, height } = picture;
  const lab = labOf(picture);
  const step = Math.max(1, Math.sqrt((width * height) / Math.max(1, wanted)));
  let centres = gridOf(width, height, step, lab);
  let labels: Int32Array = new Int32Array(width * height);
  for (let i = 0; i < iterations; i++) {
    labels = nearest(centres, lab, width, height, step);
    centres = movedCentres(centres, labels, lab, width);
  }
  return joined(labels, lab, width, height, Math.max(1, Math.floor((step * step) / 4)));
}

const colourAt = (lab: Float64Array, at: number): [number, number, number] => [
  lab[3 * at],
  lab[3 * at + 1],
  lab[3 * at + 2],
];

function gridOf(width: number, height: number, step: number, lab: Float64Array): Centre[] {
  const [across, down] = [Math.max(1, Math.round(width / step)), Math.max(1, Math.round(height / step))];
  return Array.from({ length: across * down }, (_, i) => {
    const x = Math.min(width - 1, Math.floor((((i % across) + 0.5) * width) / across));
    const y = Math.min(height - 1, Math.floor(((Math.floor(i / across) + 0.5) * height) / down));
    const at = flattest(x, y, width, height, lab);
    return { lab: colourAt(lab, at), x: at % width, y: Math.floor(at / width) };
  });
}

/** Of the place and its neighbours, the one with the smallest gradient: no centre on an edge. */
function flattest(x: number, y: number, width: number, height: number, lab: Float64Array): number {
  const place = (column: number, row: number) =>
    Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column));
  const gradient = (column: number, row: number) =>
    squaredDistance(lab, place(column + 1, row), place(column - 1, row)) +
    squaredDistance(lab, place(column, row + 1), place(column, row - 1));
  let [best, least] = [place(x, y), gradient(x, y)];
  for (let row = y - 1; row <= y + 1; row++)
    for (let column = x - 1; column <= x + 1; column++) {
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const value = gradient(column, row);
      if (value < least) [best, least] = [place(column, row), value];
    }
  return best;
}

const squaredDistance = (lab: Float64Array, a: number, b: number): number =>
  (lab[3 * a] - lab[3 * b]) ** 2 + (lab[3 * a + 1] - lab[3 * b + 1]) ** 2 + (lab[3 * a + 2] - lab[3 * b + 2]) ** 2;

/** Each pixel's nearest centre of those whose windows of twice the step it lies in. */
function nearest(
  centres: readonly Centre[],
  lab: Float64Array,
  width: number,
  height: number,
  step: number,
): Int32Array {
  const labels = new Int32Array(width * height).fill(-1);
  const distances = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY);
  const nearness = (compactness / step) ** 2;
  centres.forEach(({ lab: [l, a, b], x, y }, label) => {
    const reach = 2 * step;
    for (let row = Math.max(0, Math.floor(y - reach)); row <= Math.min(height - 1, Math.ceil(y + reach)); row++)
      for (
        let column = Math.max(0, Math.floor(x - reach));
        column <= Math.min(width - 1, Math.ceil(x + reach));
        column++
      ) {
        const at = row * width + column;
        const colour = (lab[3 * at] - l) ** 2 + (lab[3 * at + 1] - a) ** 2 + (lab[3 * at + 2] - b) ** 2;
        const distance = colour + nearness * ((column - x) ** 2 + (row - y) ** 2);
        if (distance < distances[at]) [distances[at], labels[at]] = [distance, label];
      }
  });
  return labels;
}

function movedCentres(centres: readonly Centre[], labels: Int32Array, lab: Float64Array, width: number): Centre[] {
  const sums = new Float64Array(6 * centres.length);
  labels.forEach((label, at) => {
    if (label < 0) return;
    const own = [lab[3 * at], lab[3 * at + 1], lab[3 * at + 2], at % width, Math.floor(at / width), 1];
    for (let k = 0; k < 6; k++) sums[6 * label + k] += own[k];
  });
  return centres.map((centre, label) => {
    const [l, a, b, x, y, count] = sums.subarray(6 * label, 6 * label + 6);
    return count === 0 ? centre : { lab: [l / count, a / count, b / count], x: x / count, y: y / count };
  });
}

/**
 * Connected pieces, so that every superpixel hangs together; those smaller than the least join the neighbour whose touching pixel is most
 * like theirs.
 */
function joined(labels: Int32Array, lab: Float64Array, width: number, height: number, least: number): Int32Array {
  const pieces = new Int32Array(labels.length).fill(-1);
  const members: number[][] = [];
  for (let start = 0; start < labels.length; start++) {
    if (pieces[start] >= 0) continue;
    const own = [start];
    pieces[start] = members.length;
    for (let i = 0; i < own.length; i++) {
      for (const next of neighboursOf(own[i], width, height)) {
        if (pieces[next] >= 0 || labels[next] !== labels[start]) continue;
        pieces[next] = members.length;
        own.push(next);
      }
    }
    members.push(own);
  }
  for (const own of members) {
    if (own.length >= least) continue;
    const touching = own.flatMap((at) =>
      neighboursOf(at, width, height)
        .filter((next) => pieces[next] !== pieces[at])
        .map((next) => ({ piece: pieces[next], distance: squaredDistance(lab, at, next) })),
    );
    if (touching.length === 0) continue;
    const { piece } = touching.reduce((a, b) => (b.distance < a.distance ? b : a));
    members[piece].push(...own);
    for (const at of own) pieces[at] = piece;
    own.length = 0;
  }
  const order = new Map<number, number>();
  return pieces.map((piece) => {
    if (!order.has(piece)) order.set(piece, order.size);
    return order.get(piece)!;
  });
}

function neighboursOf(at: number, width: number, height: number): number[] {
  const x = at % width;
  const y = Math.floor(at / width);
  return [
    ...(x > 0 ? [at - 1] : []),
    ...(x < width - 1 ? [at + 1] : []),
    ...(y > 0 ? [at - width] : []),
    ...(y < height - 1 ? [at + width] : []),
  ];
}

/** [pixels x 3] CIELAB of sRGB under D65 (IEC 61966-2-1, CIE 15). */
function labOf({ pixels }: Picture): Float64Array {
  const lab = new Float64Array(pixels.length);
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const bent = (value: number) => (value > (6 / 29) ** 3 ? Math.cbrt(value) : value / (3 * (6 / 29) ** 2) + 4 / 29);
  for (let at = 0; at < pixels.length; at += 3) {
    const [r, g, b] = [linear(pixels[at] / 255), linear(pixels[at + 1] / 255), linear(pixels[at + 2] / 255)];
    const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    lab.set([116 * y - 16, 500 * (x - y), 200 * (y - z)], at);
  }
  return lab;
}
