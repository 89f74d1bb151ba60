import { distance } from 'fastest-levenshtein';

/** The candidate that was most likely meant: one letter of a short word differs, two of a longer one, a third of a long one, or it alone begins so; else undefined. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  const longer = candidates.filter((candidate) => candidate !== word && candidate.toLowerCase().startsWith(given));
  if (given.length > 2 && longer.length === 1) return longer[0];
  let best: string | undefined;
  let least = (given.length < 4 ? 1 : Math.max(2, Math.floor(given.length / 3))) + 0.5;
  for (const candidate of candidates) {
    const far = distance(given, candidate.toLowerCase());
    if (far < least && candidate !== word) {
      best = candidate;
      least = far;
    }
  }
  return best;
}

/** 'a, b or c' */
export const alternatives = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
