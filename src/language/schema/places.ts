import { experimentJsonSchema, type JsonSchema } from '../../shared/experiment/json-schema.ts';
import { type Takes, takesKeyword } from '../../shared/experiment/schema.ts';
import type { Path } from '../source.ts';
import { type Form, formsOf, mappingsAt, schemasAt } from './forms.ts';

/** Somewhere in a file where the schema says that a text stands for something: a column, a duration, ... */
export interface Place {
  readonly takes: Takes;
  readonly path: Path;
  readonly at: 'key' | 'value';
  /** As written; not always a text. */
  readonly value: unknown;
}

const accepts = (form: Form, value: unknown): boolean =>
  form[takesKeyword] === undefined &&
  (form.type === typeof value ||
    (form.type === 'integer' && typeof value === 'number') ||
    (form.type === 'null' && value === null));

function* inMapping(value: object, schemas: readonly JsonSchema[], path: Path): Generator<Place> {
  const keyForms = schemas.flatMap(formsOf).flatMap((form) => form.propertyNames ?? []);
  const takes = keyForms.find((form) => form[takesKeyword])?.[takesKeyword];
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key];
    if (takes) yield { takes, path: at, at: 'key', value: key };
    if (schemasAt(at).length > 0) yield* walk(inner, schemasAt(at), at);
  }
}

function* walk(value: unknown, schemas: readonly JsonSchema[], path: Path): Generator<Place> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* walk(item, schemasAt([...path, i]), [...path, i]);
  } else if (typeof value === 'object' && value !== null) {
    yield* inMapping(value, mappingsAt(path, Object.keys(value)), path);
  } else {
    const forms = schemas.flatMap(formsOf);
    const takes = forms.find((form) => form[takesKeyword])?.[takesKeyword];
    if (takes && value !== undefined && !forms.some((form) => accepts(form, value)))
      yield { takes, path, at: 'value', value };
  }
}

/** Every such place in a file, from top to bottom; bad parts are passed over. */
export const placesIn = (value: unknown): Place[] => [...walk(value, [experimentJsonSchema], [])];
