import { type SparseText, toUnitLength } from './text-rows.ts';
import { wordCounts } from './words-of.ts';

/** 32-bit FNV-1a over UTF-16 units (Fowler, Noll and Vo). */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  // Its low bits alone say little of short words.
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** Signed counts of words in `size` places by their hash, to unit length: nothing is learnt (Weinberger et al. 2009). */
export function hashedWords(size: number): (text: string) => SparseText {
  return (text) => {
    const counts = new Map<number, number>();
    for (const [word, count] of wordCounts(text)) {
      const hash = hashOf(word);
      const place = (hash >>> 1) % size;
      counts.set(place, (counts.get(place) ?? 0) + (hash & 1 ? count : -count));
    }
    const places = Uint32Array.from(counts.keys()).sort();
    return { places, values: toUnitLength(Float64Array.from(places, (place) => counts.get(place)!)) };
  };
}
