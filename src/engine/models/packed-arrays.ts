import type { ModelBundle, NumericArray } from './model.ts';

export const arrayTypes = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Uint16Array,
  Uint8Array,
} as const;
type ArrayType = keyof typeof arrayTypes;

/** Where one array lies in the packed bytes, which are little-endian as every machine that runs this is. */
export interface ArrayPlace {
  readonly type: ArrayType;
  /** In bytes. */
  readonly offset: number;
  /** In elements. */
  readonly length: number;
}

export type ArrayPlaces = Readonly<Record<string, ArrayPlace>>;

/** Arrays begin at multiples of the widest element. */
const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8;

/** Where arrays begin when they are packed one after the other, and how many bytes they take in all. */
export function placesOf(arrays: ModelBundle['arrays']): { places: ArrayPlaces; size: number } {
  const places: Record<string, ArrayPlace> = {};
  let size = 0;
  for (const [name, array] of Object.entries(arrays)) {
    places[name] = { type: array.constructor.name as ArrayType, offset: size, length: array.length };
    size = aligned(size + array.byteLength);
  }
  return { places, size };
}

/** The packed bytes piece by piece, none of them copied: each array, and the zeros up to where the next one begins. */
export function* packed(arrays: ModelBundle['arrays']): Generator<Uint8Array> {
  for (const array of Object.values(arrays)) {
    yield new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const gap = aligned(array.byteLength) - array.byteLength;
    if (gap > 0) yield new Uint8Array(gap);
  }
}

const endOf = ({ type, offset, length }: ArrayPlace) => offset + length * arrayTypes[type].BYTES_PER_ELEMENT;

/** Bytes that the places speak of: the furthest end, or more where they overlap, so that what is taken out is never more than there is. */
export const bytesNeeded = (places: ArrayPlaces): number => {
  const all = Object.values(places);
  const sum = all.reduce((total, place) => total + place.length * arrayTypes[place.type].BYTES_PER_ELEMENT, 0);
  return all.reduce((most, place) => Math.max(most, endOf(place)), sum);
};

/** Inverse of `packed`: views of the bytes where they lie as an array needs them. `bytes` holds at least `bytesNeeded`. */
export function unpackArrays(places: ArrayPlaces, bytes: Uint8Array<ArrayBuffer>): Record<string, NumericArray> {
  return Object.fromEntries(
    Object.entries(places).map(([name, place]) => {
      const { BYTES_PER_ELEMENT: width } = arrayTypes[place.type];
      const isAligned = (bytes.byteOffset + place.offset) % width === 0;
      const own = isAligned ? bytes.subarray(place.offset, endOf(place)) : bytes.slice(place.offset, endOf(place));
      return [name, new arrayTypes[place.type](own.buffer, own.byteOffset, place.length)];
    }),
  );
}
