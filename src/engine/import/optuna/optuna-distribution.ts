import type { Distribution, Value } from '../../../shared/space.ts';
import { isNumber, isObject, type JsonObject } from '../python-json.ts';
import { asValue } from '../trial-facts.ts';

/**
 * A distribution as Optuna writes it (optuna/distributions.py, `distribution_to_json`), the names of versions 1 to 5 alike. Undefined where
 * it is none. A step of 1 between whole numbers says nothing and is left out.
 */
export function optunaDistribution(json: unknown): Distribution | undefined {
  if (!isObject(json) || typeof json.name !== 'string' || !isObject(json.attributes)) return undefined;
  const { attributes } = json;
  switch (json.name) {
    case 'CategoricalDistribution':
      return Array.isArray(attributes.choices) && attributes.choices.length > 0
        ? { type: 'categorical', choices: [...new Set(attributes.choices.map(asValue))] }
        : undefined;
    case 'FloatDistribution':
    case 'UniformDistribution':
    case 'LogUniformDistribution':
    case 'DiscreteUniformDistribution':
      return range('float', json.name === 'LogUniformDistribution', attributes);
    case 'IntDistribution':
    case 'IntUniformDistribution':
    case 'IntLogUniformDistribution':
      return range('int', json.name === 'IntLogUniformDistribution', attributes);
    default:
      return undefined;
  }
}

function range(type: 'float' | 'int', isLog: boolean, attributes: JsonObject): Distribution | undefined {
  const { low, high } = attributes;
  if (!isNumber(low) || !isNumber(high)) return undefined;
  const log = isLog || attributes.log === true;
  const step = attributes.step ?? attributes.q;
  const has = isNumber(step) && !log && !(type === 'int' && step === 1);
  return { type, low, high, ...(log && { log }), ...(has && { step }) };
}

/** A parameter's value from the number that Optuna keeps for it: for a choice its place among them. Undefined where there is no such choice. */
export function optunaValue(json: unknown, internal: number): Value | undefined {
  if (!isObject(json) || !isObject(json.attributes)) return undefined;
  const { choices } = json.attributes;
  if (json.name !== 'CategoricalDistribution')
    return String(json.name).startsWith('Int') ? Math.trunc(internal) : internal;
  return Array.isArray(choices) && internal in choices ? asValue(choices[internal]) : undefined;
}
