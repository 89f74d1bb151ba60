import type { Path, Source } from './source.ts';

export interface PlacedText {
  readonly text: string;
  readonly path: Path;
}

/** The text at a path, if it is one. */
export function textAt(source: Source, path: Path): PlacedText | undefined {
  const value = source.valueAt(path);
  return typeof value === 'string' && value !== '' ? { text: value, path } : undefined;
}

/** The texts in the list at a path; other items are passed over. */
export function textsAt(source: Source, path: Path): PlacedText[] {
  const list = source.valueAt(path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((_, i) => textAt(source, [...path, i]) ?? []);
}

/** The keys of the mapping at a path. */
export function keysAt(source: Source, path: Path): string[] {
  const mapping = source.valueAt(path);
  return typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping) ? Object.keys(mapping) : [];
}
