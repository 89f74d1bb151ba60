import { isObject, type JsonObject, readPythonJson } from '../../import/python-json.ts';

/** What a line of a program's standard output says. */
export type ScriptLine =
  | { readonly kind: 'step'; readonly step: number; readonly value: number }
  | { readonly kind: 'result'; readonly metrics: Readonly<Record<string, number>> }
  | { readonly kind: 'unclear'; readonly words: string }
  | { readonly kind: 'log' };

/**
 * Reads one line. A JSON object with `step` is an intermediate value, under `value`, under the objective's name, or as the only other
 * number: {"step": 3, "loss": 0.4}. One with `value` or `metrics` is the result: {"value": 0.3}, {"metrics": {"accuracy": 0.9}}.
 * `value` is the objective, whatever that is called. Everything else is for the log. NaN and Infinity are read as other programs write them, though JSON has neither.
 * @param objective name of the first objective
 */
export function readScriptLine(line: string, objective: string): ScriptLine {
  const said = line.trimStart().startsWith('{') ? parsed(line) : undefined;
  if (!said) return { kind: 'log' };
  if ('step' in said) return readStep(said, objective);
  if (!('value' in said) && !('metrics' in said)) return { kind: 'log' };
  return readResult(said, objective);
}

function readStep({ step, ...rest }: JsonObject, objective: string): ScriptLine {
  const numbers = Object.entries(rest).flatMap(([name, value]) => {
    const number = asNumber(value);
    return number === undefined ? [] : [[name, number] as const];
  });
  const value = (numbers.find(([name]) => name === 'value') ?? numbers.find(([name]) => name === objective))?.[1];
  const only = numbers.length === 1 ? numbers[0][1] : undefined;
  const at = asNumber(step);
  if (at === undefined || !Number.isFinite(at)) return unclear(`a step must be a number; got ${JSON.stringify(step)}.`);
  const meant = value ?? only;
  if (meant !== undefined) return { kind: 'step', step: at, value: meant };
  const got = numbers.length === 0 ? 'no number' : numbers.map(([name]) => name).join(', ');
  return unclear(`a line with "step" needs the intermediate value as "value"; got ${got} at step ${at}.`);
}

function readResult({ value, metrics }: JsonObject, objective: string): ScriptLine {
  if (metrics !== undefined && (typeof metrics !== 'object' || metrics === null || Array.isArray(metrics))) {
    return unclear(`"metrics" must be an object of numbers; got ${JSON.stringify(metrics)}.`);
  }
  const read: Record<string, number> = {};
  for (const [name, given] of Object.entries({ ...metrics, ...(value !== undefined && { [objective]: value }) })) {
    const number = asNumber(given);
    if (number === undefined) return unclear(`"${name}" must be a number; got ${JSON.stringify(given)}.`);
    read[name] = number;
  }
  return { kind: 'result', metrics: read };
}

const unclear = (words: string): ScriptLine => ({ kind: 'unclear', words });

const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : undefined;
};

function parsed(line: string): JsonObject | undefined {
  try {
    const said = readPythonJson(line);
    return isObject(said) ? said : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
