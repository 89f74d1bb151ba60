/** An option of a technique, in the words of JSON Schema. */
export interface TechniqueOption {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly type: 'integer' | 'number' | 'string' | 'array' | 'object';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly enum?: readonly string[];
  /** What it names, or a list of them. */
  readonly of?: 'class' | 'column' | 'class or value';
  /** What is to be given where type and limits do not say it: 'rows of numbers'. */
  readonly shape?: string;
  /** Absent where the description says what stands in. */
  readonly default?: unknown;
}

/** 'a whole number from 1', 'a number above 0 and at most 1', 'a list of columns'. */
export function optionRange(option: TechniqueOption): string {
  const { type, of, shape } = option;
  if (shape !== undefined) return shape;
  if (option.enum) return option.enum.map((one) => `'${one}'`).join(' or ');
  if (type === 'array') return of ? `a list of ${of === 'class' ? 'classes' : `${of}s`}` : 'a list';
  if (type === 'object') return 'an object';
  if (type === 'string') return of ? `a ${of}` : 'a text';
  return [type === 'integer' ? 'a whole number' : 'a number', ...limitsOf(option)].join(' ');
}

function limitsOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: TechniqueOption): string[] {
  const lower =
    minimum === undefined ? (exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]) : [`from ${minimum}`];
  const upper =
    maximum === undefined
      ? exclusiveMaximum === undefined
        ? []
        : [`below ${exclusiveMaximum}`]
      : [`at most ${maximum}`];
  return lower.length > 0 && upper.length > 0 ? [`${lower} and ${upper}`] : [...lower, ...upper];
}

/** As it is written on a command line: 5, path-dependent, []; empty where nothing is usual. */
export const defaultWords = ({ default: usual }: TechniqueOption): string =>
  usual === undefined ? '' : typeof usual === 'string' ? usual : JSON.stringify(usual);
