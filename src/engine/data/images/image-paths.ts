import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ColumnProfile } from '../column-profile.ts';
import type { InferredType } from '../column-type.ts';
import { sqlText } from '../database.ts';
import { partOf } from '../parts.ts';
import type { Source } from '../source.ts';

const imageEnding = '[.](png|jpg|jpeg)$';

export const isImageName = (name: string): boolean => new RegExp(imageEnding, 'i').test(name);

/** Share of a column's texts that must end like images for it to be one of images. */
const fewestLike = 0.9;

/**
 * Whether a column holds paths of images: nearly all of its texts end like them, and one of the most frequent is the path of a file
 * beside the data. Undefined where not.
 */
export async function inferImages(source: Source, profile: ColumnProfile): Promise<InferredType | undefined> {
  if (!profile.examples.some((text) => isImageName(text) && existsSync(resolve(source.folder, text)))) return undefined;
  const column = `c${profile.position}`;
  const [[like]] = await source.database.rows(
    `SELECT count(*)::DOUBLE FROM ${partOf(profile.position)} WHERE regexp_matches(${column}, ${sqlText(imageEnding)}, 'i')`,
  );
  if (Number(like) < fewestLike * profile.present) return undefined;
  return { type: 'image', reason: `${like === profile.present ? 'all' : 'nearly all'} values are paths of images` };
}
