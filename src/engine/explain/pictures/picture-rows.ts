import type { Picture } from '../../data/images/picture.ts';
import { type LentPictures, lendPictures, thumbnail } from '../../data/images/thumbnails.ts';
import { type CodedColumn, type Table, takeRows, withColumns } from '../../data/table.ts';

/** The picture of the only row, null where there is none that can be read. */
export const pictureOf = ({ codes, levels }: CodedColumn): Picture | null =>
  codes[0] < 0 ? null : thumbnail(levels[codes[0]]);

/** One row in many variants of its picture; the pictures stay lent until they are given back. */
export function rowsWithPictures(
  row: Table,
  column: CodedColumn,
  pictures: readonly Picture[],
): { readonly rows: Table; readonly lent: LentPictures } {
  const lent = lendPictures(pictures);
  const codes = Int32Array.from(pictures, (_, i) => i);
  const repeated = takeRows(row, new Uint32Array(pictures.length));
  return { lent, rows: withColumns(repeated, [{ ...column, levels: lent.paths, codes }]) };
}

/** The mean colour of some pixels; of none black. */
export function meanColour({ pixels }: Picture, isMember: (pixel: number) => boolean): Uint8Array {
  const sums = [0, 0, 0];
  let count = 0;
  for (let pixel = 0; 3 * pixel < pixels.length; pixel++) {
    if (!isMember(pixel)) continue;
    for (let k = 0; k < 3; k++) sums[k] += pixels[3 * pixel + k];
    count++;
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / Math.max(1, count)));
}

/** The picture with some pixels in another colour; null leaves a pixel as it is. */
export function recoloured(picture: Picture, colourOf: (pixel: number) => Uint8Array | null): Picture {
  const pixels = Uint8Array.from(picture.pixels);
  for (let pixel = 0; 3 * pixel < pixels.length; pixel++) {
    const colour = colourOf(pixel);
    if (colour) pixels.set(colour, 3 * pixel);
  }
  return { ...picture, pixels };
}

/** As a result keeps it. */
export const drawnPicture = ({ width, height, pixels }: Picture) => ({
  width,
  height,
  pixels: Buffer.from(pixels).toString('base64'),
});
