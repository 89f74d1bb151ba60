import { z } from 'zod';
import { experimentSchema, type Takes, type takesKeyword } from './schema.ts';

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** The part of JSON Schema (draft 7) that the experiment file's schema uses. */
export interface JsonSchema {
  /** Several: any of them. */
  readonly type?: JsonType | readonly JsonType[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | number | boolean)[];
  readonly const?: string | number | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  /** One schema for all, or one for each position. */
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly [takesKeyword]?: Takes;
}

/** The file as people write it, for editors and for src/language. */
export const experimentJsonSchema = z.toJSONSchema(experimentSchema, {
  io: 'input',
  target: 'draft-7',
  override: ({ jsonSchema }) => {
    // Every whole number is bounded by what a double holds; that says nothing to a reader.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
}) as JsonSchema;
