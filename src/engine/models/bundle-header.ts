import { createHash } from 'node:crypto';
import { z } from 'zod';
import { columnTypes } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import { version as vitrineVersion } from '../version.ts';
import type { ModelBundle } from './model.ts';
import { arrayTypes, bytesNeeded, packed, placesOf, unpackArrays } from './packed-arrays.ts';

/**
 * Of the file. 2 added the hash and the version of Vitrine that wrote it, 3 thresholds for each group, without which labels would be others;
 * older ones are still read, and written where they say all.
 */
const formatVersion = 3;

const size = z.number().int().min(0);

/** What a file may say; `state` and `params` are judged by the learner, `promises` were written beside them. */
const headerSchema = z.looseObject({
  format: z.literal('vitrine-model'),
  version: z.literal([1, 2, 3]),
  vitrine: z.string().optional(),
  learner: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  task: z.enum(['binary', 'multiclass', 'regression']),
  classes: z.array(z.string()).optional(),
  target: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.enum(columnTypes), levels: z.array(z.string()).optional() })),
  dataHash: z.string(),
  seed: z.number(),
  arrays: z.record(
    z.string(),
    z.object({ type: z.enum(Object.keys(arrayTypes) as (keyof typeof arrayTypes)[]), offset: size, length: size }),
  ),
});

/** JSON of all but the arrays, with where they lie. */
function unsignedHeader(bundle: ModelBundle): { unsigned: string; size: number } {
  const { places, size } = placesOf(bundle.arrays);
  const version = bundle.promises?.byGroup ? formatVersion : 2;
  const whole = { ...bundle, version, vitrine: vitrineVersion, arrays: places };
  return { unsigned: JSON.stringify(whole), size };
}

const signed = (unsigned: string, sha256: string) => `${unsigned.slice(0, -1)},"sha256":"${sha256}"}`;

/** With a hash over it and the packed arrays; these follow it as `packed` gives them. */
export function headerOf(bundle: ModelBundle): string {
  const { unsigned } = unsignedHeader(bundle);
  return signed(unsigned, hashOf(unsigned, packed(bundle.arrays)));
}

/** The hash that `headerOf` signs with: what names this very model. */
export function bundleHash(bundle: ModelBundle): string {
  const { unsigned } = unsignedHeader(bundle);
  return hashOf(unsigned, packed(bundle.arrays));
}

/** Bytes that header and packed arrays take together. */
export function bundleBytes(bundle: ModelBundle): number {
  const { unsigned, size } = unsignedHeader(bundle);
  return Buffer.byteLength(signed(unsigned, '0'.repeat(64))) + size;
}

/** Over the header without its hash, as JSON without spaces, and the packed arrays. */
function hashOf(unsigned: string, bytes: Iterable<Uint8Array>): string {
  const hash = createHash('sha256').update(unsigned);
  for (const piece of bytes) hash.update(piece);
  return hash.digest('hex');
}

/**
 * The JSON of a header, of this version or an older one; its hash is not yet checked. Throws a UserError where it is none, is cut off, or
 * needs a newer Vitrine.
 */
export function parseHeader(text: string, file: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw text.startsWith('{"format":"vitrine-model"')
      ? damaged('the file ends too early', file, error)
      : notAModel(file);
  }
  if (!isRecord(header) || header.format !== 'vitrine-model') throw notAModel(file);
  if (typeof header.version === 'number' && header.version > formatVersion) throw newer(header, file);
  return header;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Inverse of `headerOf` and `packed`. Nothing in a file is run, and no more memory is taken than the file has bytes.
 * Throws a UserError where the file is not what was written.
 */
export function unpackBundle(
  header: Record<string, unknown>,
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): ModelBundle {
  const { sha256, ...unsigned } = header;
  const checked = headerSchema.safeParse(unsigned);
  if (!checked.success) throw damaged(faultOf(checked.error), file);
  const { version, arrays: places } = checked.data;
  const needed = bytesNeeded(places);
  if (needed > bytes.byteLength)
    throw damaged(`its arrays need ${needed} bytes and there are ${bytes.byteLength}`, file);
  if (version > 1 && sha256 !== hashOf(JSON.stringify(unsigned), [bytes]))
    throw damaged('it is not as it was written: the hash of its content is another', file);
  const { vitrine: _, ...bundle } = unsigned as unknown as ModelBundle & { vitrine?: string };
  return { ...bundle, version: 1, arrays: unpackArrays(places, bytes) };
}

const faultOf = ({ issues: [{ path, message }] }: z.ZodError): string =>
  `"${path.join('.')}" is wrong (${message.replace(/^Invalid input: /, '')})`;

const notAModel = (file: string) =>
  new UserError('model-unreadable', 'this is not a model that Vitrine wrote.', {
    place: { file },
    advice: 'Name a bundle, as vitrine export writes it, or the experiment file.',
  });

/** The file, or what it says of the model, is not whole. */
export const damaged = (what: string, file: string, cause?: unknown): UserError =>
  new UserError('model-damaged', `the model is damaged: ${what}.`, {
    place: { file },
    advice: 'Copy or export it again; a model that is not whole is never used.',
    cause,
  });

function newer({ version, vitrine }: Record<string, unknown>, file: string): UserError {
  const writer = typeof vitrine === 'string' ? `Vitrine ${vitrine}` : 'a newer Vitrine';
  const words = `this model was written by ${writer} (format ${version}); this is ${vitrineVersion}, which reads formats up to ${formatVersion}.`;
  return new UserError('model-newer', words, { place: { file }, advice: 'Update Vitrine.' });
}
