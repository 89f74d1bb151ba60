/** Red, green and blue, row by row from the top: [height x width x 3], 0 to 255. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Another size: each new pixel is the mean of the area that it covers, or, where the picture grows, lies on the line between its
 * neighbours. The sides are stretched each by itself.
 */
export function resized({ width, height, pixels }: Picture, newWidth: number, newHeight: number): Picture {
  if (width === newWidth && height === newHeight) return { width, height, pixels };
  const across = axis(width, newWidth);
  const down = axis(height, newHeight);
  const sums = new Float32Array(newWidth * newHeight * 3);
  const line = new Float32Array(newWidth * 3);
  for (const [row, { from, shares }] of down.entries()) {
    for (let i = 0; i < shares.length; i++) {
      squeeze(pixels, (from + i) * width * 3, across, line);
      for (let j = 0; j < line.length; j++) sums[row * line.length + j] += shares[i] * line[j];
    }
  }
  return { width: newWidth, height: newHeight, pixels: Uint8Array.from(sums, Math.round) };
}

/** One line of a picture, at `start` of its pixels, as the new line. */
function squeeze(pixels: Uint8Array, start: number, across: readonly Cover[], line: Float32Array): void {
  for (const [column, { from, shares }] of across.entries()) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let i = 0; i < shares.length; i++) sum += shares[i] * pixels[start + (from + i) * 3 + channel];
      line[column * 3 + channel] = sum;
    }
  }
}

/** The old places that a new one is made of, from the first on, and their shares of it. */
interface Cover {
  readonly from: number;
  readonly shares: Float64Array;
}

function axis(old: number, fresh: number): Cover[] {
  return Array.from({ length: fresh }, (_, i) => (fresh < old ? area(i, old / fresh) : between(i, old, old / fresh)));
}

function area(i: number, step: number): Cover {
  const [start, end] = [i * step, (i + 1) * step];
  const from = Math.floor(start);
  // The last one ends at a whole place but for rounding.
  const length = Math.max(1, Math.ceil(end - 1e-9) - from);
  const overlap = (place: number) => Math.max(0, Math.min(end, place + 1) - Math.max(start, place));
  return { from, shares: Float64Array.from({ length }, (_, j) => overlap(from + j) / step) };
}

function between(i: number, old: number, step: number): Cover {
  const place = Math.min(Math.max((i + 0.5) * step - 0.5, 0), old - 1);
  const from = Math.floor(place);
  const share = place - from;
  return { from, shares: share === 0 ? Float64Array.of(1) : Float64Array.of(1 - share, share) };
}

/** Turned as a camera held otherwise says it must be (Exif 2.32, tag 274): 1 as it is, 3 upside down, 6 and 8 on its sides, the others mirrored. */
export function turned({ width, height, pixels }: Picture, orientation: number): Picture {
  if (orientation === 1) return { width, height, pixels };
  const swaps = orientation >= 5;
  const [newWidth, newHeight] = swaps ? [height, width] : [width, height];
  const flipsX = [2, 3, 7, 8].includes(orientation);
  const flipsY = [3, 4, 6, 7].includes(orientation);
  const result = new Uint8Array(pixels.length);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const [across, down] = swaps ? [y, x] : [x, y];
      const from = ((flipsY ? height - 1 - down : down) * width + (flipsX ? width - 1 - across : across)) * 3;
      result.set(pixels.subarray(from, from + 3), (y * newWidth + x) * 3);
    }
  }
  return { width: newWidth, height: newHeight, pixels: result };
}
