import type { Condition, Distribution, Forbidden, Parameter, Space, Value } from '../../../shared/space.ts';
import { listedValues, valuesOf } from '../../space/distribution.ts';
import { checkSpace } from '../../space/validation.ts';
import { isNumber, isObject, type JsonObject } from '../python-json.ts';
import { damaged } from '../study-importer.ts';
import { asValue } from '../trial-facts.ts';

/** A space with what could not be said in Vitrine's terms. */
export interface ReadSpace {
  readonly space: Space;
  readonly notes: readonly string[];
}

/**
 * The space in a `configspace.json` of ConfigSpace 0.4 to 1.2 (format versions 0.1 to 0.4): ranges, ordered and unordered choices,
 * constants, conditions by equality, membership and order, forbidden combinations. What has no words here is left out and said. Throws a
 * UserError `import-damaged`.
 */
export function readConfigSpace(json: unknown, file: string): ReadSpace {
  if (!isObject(json) || !Array.isArray(json.hyperparameters))
    throw damaged(file, 'the file holds no hyperparameters.');
  const notes: string[] = [];
  const parameters = new Map<string, Parameter>();
  for (const entry of json.hyperparameters) {
    const distribution = isObject(entry) ? distributionOf(entry) : undefined;
    if (!distribution) throw damaged(file, `a hyperparameter cannot be read: ${JSON.stringify(entry).slice(0, 100)}.`);
    parameters.set(String(entry.name), { name: String(entry.name), distribution });
  }
  for (const entry of listOf(json.conditions)) {
    const child = parameters.get(String(entry.child));
    const conditions = conditionsOf(entry, parameters);
    if (child && conditions) parameters.set(child.name, { ...child, when: [...(child.when ?? []), ...conditions] });
    else
      notes.push(
        `A condition on ${String(entry.child)} is left out, since it has no words here (${String(entry.type)}).`,
      );
  }
  const forbidden: Forbidden[] = [];
  for (const entry of listOf(json.forbiddens)) {
    const combination = forbiddenOf(entry);
    if (combination) forbidden.push(combination);
    else notes.push(`A forbidden combination is left out, since it has no words here (${String(entry.type)}).`);
  }
  return { space: checkSpace([...parameters.values()], forbidden), notes };
}

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function distributionOf(entry: JsonObject): Distribution | undefined {
  const { type, lower, upper, log, q } = entry;
  switch (type) {
    case 'constant':
    case 'unparametrized':
      return { type: 'categorical', choices: [asValue(entry.value)] };
    case 'categorical':
    case 'ordinal': {
      const values = entry.choices ?? entry.sequence;
      return Array.isArray(values) && values.length > 0
        ? { type, choices: [...new Set(values.map(asValue))] }
        : undefined;
    }
    default: {
      const kind = /_(float|int)$/.exec(String(type))?.[1];
      if (!kind || !isNumber(lower) || !isNumber(upper)) return undefined;
      const shape = { low: lower, high: upper, ...(log === true && { log }), ...(isNumber(q) && { step: q }) };
      return { type: kind === 'int' ? 'int' : 'float', ...shape };
    }
  }
}

type Known = ReadonlyMap<string, Parameter>;

/** All must hold; undefined where one of them has no words here. */
function conditionsOf(entry: JsonObject, known: Known): Condition[] | undefined {
  if (entry.type === 'AND') {
    const all = listOf(entry.conditions).map((each) => conditionsOf(each, known));
    return all.every((each) => each !== undefined) ? all.flat() : undefined;
  }
  if (entry.type === 'OR') return alternatives(listOf(entry.conditions), known);
  const parent = known.get(String(entry.parent));
  const oneOf = parent && allowedValues(entry, parent.distribution);
  return parent && oneOf && oneOf.length > 0 ? [{ parameter: parent.name, oneOf }] : undefined;
}

/** 'Or' is one condition where all speak of one parameter. */
function alternatives(entries: readonly JsonObject[], known: Known): Condition[] | undefined {
  const all = entries.map((each) => conditionsOf(each, known));
  const [first] = all[0] ?? [];
  const same = first && all.every((each) => each?.length === 1 && each[0].parameter === first.parameter);
  return same
    ? [{ parameter: first.parameter, oneOf: [...new Set(all.flatMap((each) => each![0].oneOf))] }]
    : undefined;
}

/** A range with more whole numbers than this is not listed. */
const mostListed = 10_000;

function allowedValues({ type, value, values }: JsonObject, parent: Distribution): Value[] | undefined {
  if (type === 'EQ') return [asValue(value)];
  if (type === 'IN') return Array.isArray(values) ? values.map(asValue) : undefined;
  const isShort = parent.type === 'int' && parent.high - parent.low <= mostListed;
  const all = listedValues(parent) ?? (isShort ? valuesOf(parent) : undefined);
  const at = all?.indexOf(asValue(value)) ?? -1;
  const place = (other: Value) =>
    typeof other === 'number' && isNumber(value) ? other - value : all!.indexOf(other) - at;
  if (!all || (at < 0 && !isNumber(value))) return undefined;
  if (type === 'NEQ') return all.filter((other) => other !== asValue(value));
  if (type === 'LT') return all.filter((other) => place(other) < 0);
  return type === 'GT' ? all.filter((other) => place(other) > 0) : undefined;
}

function forbiddenOf(entry: JsonObject): Forbidden | undefined {
  if (entry.type === 'AND') {
    const all = listOf(entry.clauses).map(forbiddenOf);
    return all.every((each) => each !== undefined) ? all.flat() : undefined;
  }
  const parameter = String(entry.name);
  if (entry.type === 'EQUALS') return [{ parameter, oneOf: [asValue(entry.value)] }];
  return entry.type === 'IN' && Array.isArray(entry.values)
    ? [{ parameter, oneOf: entry.values.map(asValue) }]
    : undefined;
}
