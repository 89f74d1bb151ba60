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

/** All arrays one after the other, and where each begins. */
export function packArrays(arrays: ModelBundle['arrays']): { places: ArrayPlaces; bytes: Uint8Array<ArrayBuffer> } {
  const places: Record<string, ArrayPlace> = {};
  let size = 0;
  for (const [name, array] of Object.entries(arrays)) {
    places[name] = { type: array.constructor.name as ArrayType, offset: size, length: array.length };
    size = aligned(size + array.byteLength);
  }
  const bytes = new Uint8Array(size);
  for (const [name, array] of Object.entries(arrays))
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), places[name].offset);
  return { places, bytes };
}

const endOf = ({ type, offset, length }: ArrayPlace) => offset + length * arrayTypes[type].BYTES_PER_ELEMENT;

/** Bytes that the places speak of: the furthest end, or more where they overlap, so that what is taken out is never more than there is. */
export const bytesNeeded = (places: ArrayPlaces): number => {
  const all = Object.values(places);
  const sum = all.reduce((total, place) => total + place.length * arrayTypes[place.type].BYTES_PER_ELEMENT, 0);
  return all.reduce((most, place) => Math.max(most, endOf(place)), sum);
};

/** Inverse of `packArrays`; `bytes` holds at least `bytesNeeded`. */
export function unpackArrays(places: ArrayPlaces, bytes: Uint8Array): Record<string, NumericArray> {
  return Object.fromEntries(
    Object.entries(places).map(([name, place]) => {
      const own = bytes.slice(place.offset, endOf(place));
      return [name, new arrayTypes[place.type](own.buffer as ArrayBuffer, own.byteOffset, place.length)];
    }),
  );
}
