import { distance } from 'fastest-levenshtein';

/** The name that was probably meant: fewest edits (Levenshtein 1966), at most a third of its length, case left aside. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest && edits <= Math.max(1, Math.ceil(candidate.length / 3))) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}

/** 'Did you mean "species"?', or the names there are. */
export function nameAdvice(name: string, known: readonly string[]): string {
  const close = closestName(name, known);
  if (close !== undefined) return `Did you mean "${close}"?`;
  const shown = known.slice(0, 20).map((candidate) => `"${candidate}"`);
  return `The columns are ${shown.join(', ')}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ''}.`;
}
