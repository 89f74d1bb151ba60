import { basename } from 'node:path';
import { UserError } from '../../../shared/faults.ts';
import type { Value } from '../../../shared/space.ts';
import type { ImportWishes } from '../../../shared/study-address.ts';
import type { TrialState } from '../../../shared/trial.ts';
import { allParts } from '../../data/parts.ts';
import { withSource } from '../../data/source.ts';
import { observedSpace, outsideNotes } from '../imported-space.ts';
import { chooseObjectives } from '../objective-choice.ts';
import { isNumber, parsePythonJson } from '../python-json.ts';
import { damaged, type ImportedStudy, type StudyImporter } from '../study-importer.ts';
import { importedTrial, type TrialFacts, unknownReason } from '../trial-facts.ts';
import { stateWord, type TableColumns, tableColumns } from './table-columns.ts';

type Cell = string | null;

/** One row a trial, as text. */
interface Rows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly notes: readonly string[];
}

/**
 * A table of trials, CSV or TSV: data frames of Optuna, Ray's and Weights & Biases' exports, our own, or any with one row a trial. Which
 * columns are values and which parameters follows from their names, said in the notes, or from what the person wishes. An empty cell is a
 * parameter that the trial has not.
 */
export const table: StudyImporter = {
  name: 'csv',
  title: 'a table',
  recognises: ({ path, bytes }) => /\.(csv|tsv)$/i.test(path) && !bytes.includes(0),
  read: async (path, wishes, signal) => {
    const read = await withSource({ path, shown: path }, signal, async ({ database, names, notes }): Promise<Rows> => {
      const rows = await database.rows(
        `SELECT ${names.map((_, i) => `c${i}`).join(', ')} FROM ${allParts(names.length)}`,
      );
      return { names, notes, rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))) };
    });
    return [importedTable(read, wishes, path)];
  },
};

function importedTable({ names, rows, notes }: Rows, wishes: ImportWishes, file: string): ImportedStudy {
  const isNumeric = (place: number) =>
    rows.some((row) => row[place] !== null) && rows.every((row) => row[place] === null || isNumberWord(row[place]));
  const columns = tableColumns(names, isNumeric);
  const candidates = new Map(columns.candidates.map(([place, name]) => [name, place]));
  const told = columns.areTold && !wishes.values ? { ...wishes, values: [...candidates.keys()] } : wishes;
  const choice = chooseObjectives([...candidates.keys()], told, file);
  const values = choice.objectives.map(({ metric }) => candidates.get(metric)!);
  const params = columns.params.filter(([place]) => !values.includes(place));
  if (params.length === 0)
    throw new UserError('import-values', 'no column is left for parameters.', {
      place: { file, line: 1 },
      advice: 'A table of trials has at least one column for a parameter beside its value.',
    });
  const order = inNumberOrder(rows, columns.number);
  const facts = order.map((row) => factsOf(row, { ...columns, params }, values, file));
  const trials = facts.map((each, number) => importedTrial(number, each, values.length));
  const space = observedSpace(trials);
  return {
    name: basename(file).replace(/\.\w+$/, ''),
    space,
    objectives: choice.objectives,
    trials,
    search: 'A table does not say how its configurations were chosen.',
    notes: [
      ...notes,
      ...choice.notes,
      `Parameters: ${params.map(([, name]) => name).join(', ')}; a table does not say what else they could be: the space is what the rows span.`,
      ...outsideNotes(space, trials),
    ],
  };
}

/** By the column of their numbers where it has one for every row, else as the file has them. */
function inNumberOrder(rows: Rows['rows'], place: number | undefined): Rows['rows'] {
  if (place === undefined || !rows.every((row) => row[place] !== null && isNumberWord(row[place]))) return rows;
  return rows.toSorted((a, b) => Number(a[place]) - Number(b[place]));
}

function factsOf(row: readonly Cell[], columns: TableColumns, values: readonly number[], file: string): TrialFacts {
  const at = (place: number | undefined): Cell => (place === undefined ? null : row[place]);
  const told = values.map((place) => numberOf(row[place]));
  const state = stateOf(at(columns.state), told);
  const given = (places: TableColumns['params']) =>
    Object.fromEntries(places.flatMap(([place, name]) => (row[place] === null ? [] : [[name, cellValue(row[place])]])));
  const fidelity = at(columns.fidelity);
  const constraints = columns.constraints.map((place) => row[place]);
  return {
    state,
    params: given(columns.params),
    why: unknownReason('The table'),
    ...(state === 'complete' && { values: told }),
    ...(state === 'failed' && { message: at(columns.message) ?? failureOf(at(columns.state), told) }),
    ...(state === 'pruned' && { message: at(columns.message) ?? 'Stopped early; the table does not say why.' }),
    ...(constraints.length > 0 &&
      constraints.every((word) => word !== null) && { constraints: constraints.map(Number) }),
    ...(fidelity !== null && isNumberWord(fidelity) && { fidelity: Number(fidelity) }),
    intermediate: intermediateOf(at(columns.intermediate), file),
    ...time('startedAt', at(columns.start)),
    ...time('endedAt', at(columns.end)),
    attributes: given(columns.attributes),
  };
}

/** `[[step, value], ...]`, as our own tables have it. */
function intermediateOf(word: Cell, file: string): [number, number][] {
  const steps = word === null ? [] : parsePythonJson(word, file);
  const isStep = (step: unknown): step is [number, number] =>
    Array.isArray(step) && step.length === 2 && step.every(isNumber);
  if (Array.isArray(steps) && steps.every(isStep)) return steps;
  throw damaged(file, `the column "intermediate" must hold [[step, value], ...]; got ${word}.`);
}

function stateOf(word: Cell, told: readonly number[]): TrialState {
  const said = word === null ? undefined : stateWord(word);
  if (said) return said;
  return told.every(Number.isFinite) ? 'complete' : 'failed';
}

const failureOf = (state: Cell, told: readonly number[]): string =>
  state !== null && stateWord(state) === 'failed'
    ? 'The table says that it failed, not why.'
    : `It has no value: ${told.map((value) => (Number.isNaN(value) ? 'none, or not a number' : String(value))).join(', ')}.`;

const isNumberWord = (word: string): boolean =>
  word.trim() !== '' && (!Number.isNaN(Number(word)) || /^[+-]?(nan|inf(inity)?)$/i.test(word));

const numberOf = (word: Cell): number => {
  if (word === null) return Number.NaN;
  if (/^[+-]?inf(inity)?$/i.test(word))
    return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(word);
};

/** A cell as a parameter's value: numbers and truth values as such, in Python's spelling too. */
function cellValue(word: string): Value {
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  const number = Number(word);
  return word.trim() !== '' && Number.isFinite(number) ? number : word;
}

/** ISO 8601, or seconds or milliseconds since 1970; a time without a zone counts as UTC. */
function time(name: 'startedAt' | 'endedAt', word: Cell): Partial<TrialFacts> {
  if (word === null) return {};
  const number = Number(word);
  const parsed = Number.isNaN(number)
    ? Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(word) ? word : `${word.trim().replace(' ', 'T').slice(0, 23)}Z`)
    : number < 1e11
      ? number * 1000
      : number;
  return Number.isFinite(parsed) ? { [name]: Math.round(parsed) } : {};
}
