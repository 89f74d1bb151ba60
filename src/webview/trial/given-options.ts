import type { TechniqueOption } from '../../shared/results/technique-option.ts';

/** What stands in a form: a text, or the names that are ticked. */
export type Filled = string | readonly string[];

/** Columns that are ticked one by one; of more, names are written. */
const mostTicked = 60;

export type FieldKind = 'number' | 'choice' | 'ticks' | 'names' | 'text';

/** How an option is filled in; undefined where a form cannot hold it: rows of numbers and the like. */
export function fieldKind({ type, enum: names, of, shape }: TechniqueOption): FieldKind | undefined {
  if (shape !== undefined || type === 'object') return undefined;
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return of === undefined ? undefined : names && names.length <= mostTicked ? 'ticks' : 'names';
  return names ? 'choice' : 'text';
}

/** What was filled in, as the technique takes it; what was left empty is left to it. */
export function givenOptions(
  options: readonly TechniqueOption[],
  filled: Readonly<Record<string, Filled>>,
): Record<string, string | number | string[]> {
  const given: Record<string, string | number | string[]> = {};
  for (const option of options) {
    const value = filled[option.name];
    if (value === undefined || value.length === 0) continue;
    const kind = fieldKind(option);
    if (kind === 'number') given[option.name] = Number(value);
    else if (kind === 'names')
      given[option.name] = String(value)
        .split(',')
        .map((name) => name.trim());
    else given[option.name] = typeof value === 'string' ? value : [...value];
  }
  return given;
}
