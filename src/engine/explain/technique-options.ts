import { z } from 'zod';
import { UserError } from '../../shared/faults.ts';
import { optionRange, type TechniqueOption } from '../../shared/results/technique-option.ts';
import { closestName } from '../data/closest-name.ts';
import type { ExplainOptions } from './explainer.ts';

/** What may be set of a technique: a strict object, each entry with its range, its default and one sentence. */
export type OptionSchema = z.ZodObject;

/** What a technique is called with. */
export type OptionsOf<S extends OptionSchema> = ExplainOptions & Readonly<z.input<S>>;

/** A whole number. */
export const whole = (usual: number, words: string, least = 1) => z.int().min(least).default(usual).describe(words);

/** A number above 0 and below 1. */
export const fraction = (usual: number, words: string) => z.number().gt(0).lt(1).default(usual).describe(words);

/** A number above 0. */
export const positive = (usual: number, words: string) => z.number().gt(0).default(usual).describe(words);

/** A name that looks like a number may be given as one. */
const name = z.union([z.string(), z.number().transform(String)]);

/** A class, left to the technique unless it is given. */
export const className = (words: string) => name.optional().meta({ description: words, of: 'class' });

/** A column, left to the technique unless it is given. */
export const columnName = (words: string) => name.optional().meta({ description: words, of: 'column' });

/** Columns, left to the technique unless they are given. */
export const columnNames = (words: string) =>
  z.array(name).readonly().optional().meta({ description: words, of: 'column' });

/** The options with their limits as JSON Schema has them, in the order in which they were declared. */
export function optionsIn(schema: OptionSchema): TechniqueOption[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => {
    const {
      items: _,
      anyOf,
      type,
      minimum,
      maximum,
      description = '',
      ...rest
    } = property as z.core.JSONSchema.JSONSchema;
    return {
      ...(rest as Partial<TechniqueOption>),
      name,
      description,
      // What may be a text or a number is a name.
      type: (anyOf || Array.isArray(type) ? 'string' : type) as TechniqueOption['type'],
      // The limits of exact whole numbers go without saying.
      ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && { minimum }),
      ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { maximum }),
    };
  });
}

/** Why these options are not taken, and what would be; undefined where they are. */
export function optionFault(schema: OptionSchema, given: Readonly<Record<string, unknown>>): UserError | undefined {
  const read = schema.safeParse(given);
  if (read.success) return undefined;
  const known = optionsIn(schema);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(schema.shape, name));
  if (unknown !== undefined) return unknownOption(unknown, known);
  const at = String(read.error.issues[0].path[0]);
  const option = known.find(({ name }) => name === at);
  if (!option) throw read.error;
  return new UserError('technique-option', `${at} must be ${optionRange(option)}, not ${JSON.stringify(given[at])}.`, {
    advice: option.description,
  });
}

function unknownOption(name: string, known: readonly TechniqueOption[]): UserError {
  const names = known.map((option) => option.name);
  const meant = closestName(name, names);
  const all = names.length > 0 ? `Its options are ${names.join(', ')}.` : 'It has none.';
  return new UserError('technique-option', `there is no option "${name}".`, {
    advice: meant === undefined ? all : `Did you mean "${meant}"? ${all}`,
  });
}

/** What was given, and the usual values of the rest. Throws a UserError on an option that is not taken. */
export function readOptions<S extends OptionSchema>(
  schema: S,
  given: OptionsOf<S>,
): { readonly seed: number; readonly row: number; readonly settings: z.output<S> } {
  const { seed, row = 0, ...own } = given;
  const fault = optionFault(schema, own);
  if (fault) throw fault;
  return { seed, row, settings: schema.parse(own) };
}
