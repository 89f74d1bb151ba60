import type { JsonSchema } from '../../shared/experiment/json-schema.ts';
import { scalarText } from '../scalar.ts';
import type { Path } from '../source.ts';
import { schemasAt } from './forms.ts';
import { whatItTakes } from './words.ts';

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** A default as the file would say it; undefined where the key is simply left out. */
export function defaultText(schema: JsonSchema | undefined): string | undefined {
  const value = schema?.default;
  if (isPlain(value)) return scalarText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const parts = Object.entries(value).map(([key, inner]) => (isPlain(inner) ? `${key}: ${scalarText(inner)}` : ''));
  return parts.length > 0 && !Array.isArray(value) ? `{${parts.join(', ')}}` : undefined;
}

/** What a key means, what it takes and what it is when left out, as Markdown; undefined where nothing is said of it. */
export function describe(path: Path): string | undefined {
  const schemas = schemasAt(path);
  const description = schemas.find((schema) => schema.description)?.description;
  if (schemas.length === 0 || description === undefined) return undefined;
  const usual = defaultText(schemas[0]);
  const lines = [description, `Takes ${whatItTakes(...schemas)}.`, usual === undefined ? '' : `Default: \`${usual}\``];
  return lines.filter(Boolean).join('\n\n');
}
