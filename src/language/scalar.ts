import { stringify } from 'yaml';

/** A value as YAML writes it inside braces and brackets, quoted only where it must be. */
export const scalarText = (value: string | number | boolean): string =>
  stringify([value], { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim().slice(1, -1);

/** Whatever was written, short enough for a message. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
