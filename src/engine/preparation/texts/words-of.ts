/** Two or more letters, digits or underscores in a row. */
const word = /[\p{L}\p{M}\p{N}_]{2,}/gu;

/** Words of a text, in lower case. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(word) ?? [];

/** Words of a text and where each stands in it. */
export const wordPlaces = (text: string): { readonly word: string; readonly start: number; readonly end: number }[] =>
  Array.from(text.matchAll(word), ({ 0: found, index }) => ({
    word: found.toLowerCase(),
    start: index,
    end: index + found.length,
  }));

/** How often each word stands in a text. */
export function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
