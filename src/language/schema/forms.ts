import { experimentJsonSchema, type JsonSchema, type JsonType } from '../../shared/experiment/json-schema.ts';
import type { Path } from '../source.ts';

/** A schema that is no union. */
export interface Form extends JsonSchema {
  readonly type?: JsonType;
}

/** The alternatives of a union, or the schema itself. */
export function formsOf(schema: JsonSchema): readonly Form[] {
  if (schema.anyOf) return schema.anyOf.flatMap(formsOf);
  const types = Array.isArray(schema.type)
    ? (schema.type as readonly JsonType[])
    : [schema.type as JsonType | undefined];
  return types.map((type) => ({ ...schema, type }));
}

function child(form: Form, step: string | number): JsonSchema | undefined {
  if (typeof step === 'number') {
    const { items } = form;
    return Array.isArray(items) ? items[step] : (items as JsonSchema | undefined);
  }
  if (form.properties && Object.hasOwn(form.properties, step)) return form.properties[step];
  return typeof form.additionalProperties === 'object' ? form.additionalProperties : undefined;
}

/** What may stand at a path; several where the way there leads through a union, none where nothing may. */
export function schemasAt(path: Path): readonly JsonSchema[] {
  let schemas: readonly JsonSchema[] = [experimentJsonSchema];
  for (const step of path) schemas = schemas.flatMap(formsOf).flatMap((form) => child(form, step) ?? []);
  return schemas;
}

/** The same with unions opened. */
export const formsAt = (path: Path): readonly Form[] => schemasAt(path).flatMap(formsOf);

/** Mappings that may stand at a path and that know all of these keys: what is left of a union once some keys are written. */
export function mappingsAt(path: Path, present: readonly string[]): readonly Form[] {
  const mappings = formsAt(path).filter((form) => form.type === 'object');
  const fitting = mappings.filter((form) => present.every((key) => child(form, key) !== undefined));
  return fitting.length > 0 ? fitting : mappings;
}

/** Keys that these mappings name, in the schema's order. */
export const keysOf = (mappings: readonly Form[]): readonly string[] => [
  ...new Set(
    mappings.flatMap((form) => [
      ...Object.keys(form.properties ?? {}),
      ...(form.propertyNames?.enum ?? []).map(String),
    ]),
  ),
];

/** The path of the mapping that has this key in its schema, wherever that is outside `space`; for keys written in the wrong place. */
export function ownerOf(key: string, path: Path = []): Path | undefined {
  const mappings = formsAt(path).filter((form) => form.properties);
  if (mappings.some((form) => Object.hasOwn(form.properties ?? {}, key))) return path;
  for (const inner of keysOf(mappings)) {
    const owner = ownerOf(key, [...path, inner]);
    if (owner) return owner;
  }
  return undefined;
}
