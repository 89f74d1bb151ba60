import type { JsonSchema } from '../../shared/experiment/json-schema.ts';
import { type Takes, takesKeyword } from '../../shared/experiment/schema.ts';
import { alternatives } from '../../shared/nearest.ts';
import type { Path } from '../source.ts';
import { type Form, formsOf } from './forms.ts';

const takesWords: Readonly<Record<Takes, string>> = {
  column: 'the name of a column',
  hyperparameter: 'the name of a hyperparameter',
  'data-file': 'the path of a file',
  duration: 'a duration such as 10m',
  energy: 'an energy such as 20Wh',
  mass: 'a mass such as 10g',
  money: 'an amount of money such as 0.10 EUR',
  price: 'a price such as 0.25 EUR/kWh',
  bytes: 'a size such as 2GB',
  constraint: 'a constraint such as model_size <= 1MB',
};

/** 'data.split.test', 'learners[2]' */
export const pathWords = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i > 0 ? `.${step}` : step)).join('');

function numberWords(form: Form): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = form;
  const kind = form.type === 'integer' ? 'a whole number' : 'a number';
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
  const limits = [
    minimum === undefined ? [] : `of at least ${minimum}`,
    exclusiveMinimum === undefined ? [] : `above ${exclusiveMinimum}`,
    maximum === undefined ? [] : `up to ${maximum}`,
    exclusiveMaximum === undefined ? [] : `below ${exclusiveMaximum}`,
  ].flat();
  return limits.length > 0 ? `${kind} ${limits.join(' and ')}` : kind;
}

function listWords({ items }: Form): string {
  if (!Array.isArray(items)) return `a list [...], each item ${whatItTakes((items ?? {}) as JsonSchema)}`;
  return `${items.length === 2 ? 'two' : items.length} numbers in brackets, [lowest, highest]`;
}

function mappingWords(form: Form): string {
  const keys = form.required ?? Object.keys(form.properties ?? {});
  if (keys.length > 0) return `{${keys.map((key) => `${key}: ...`).join(', ')}}`;
  const names = form.propertyNames?.enum ?? [];
  if (names.length > 0) return `keys among ${names.join(', ')}`;
  return 'keys with values';
}

function formWords(form: Form): string {
  if (form.const !== undefined) return String(form.const);
  if (form.enum) return alternatives(form.enum.map(String));
  const takes = form[takesKeyword];
  if (takes) return takesWords[takes];
  switch (form.type) {
    case 'number':
    case 'integer':
      return numberWords(form);
    case 'boolean':
      return 'true or false';
    case 'array':
      return listWords(form);
    case 'object':
      return mappingWords(form);
    case 'null':
      return 'null';
    default:
      return 'text';
  }
}

/** What may be written, in words: 'auto or a whole number from 1 to 64'. */
export const whatItTakes = (...schemas: readonly JsonSchema[]): string =>
  alternatives([...new Set(schemas.flatMap(formsOf).map(formWords))]);
