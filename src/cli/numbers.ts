import { InvalidArgumentError } from 'commander';
import { type EditName, isEditName } from '../shared/results/model-editing.ts';

/** Commander parsers for numbers; commander adds the option's name to the message. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

export function positiveInteger(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('It must be at least 1.');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

export function rowNumber(text: string): number {
  const value = wholeNumber(text);
  if (value < 0) throw new InvalidArgumentError('Rows are numbered from 0.');
  return value;
}

const models = ['auto', 'best', 'ensemble', 'readable'] as const;

/** One of the final models, or the number of a trial. */
export const modelChoice = (text: string): (typeof models)[number] | number | EditName =>
  isEditName(text) ? text : (models.find((name) => name === text) ?? trialNumber(text, models));

const analysed = ['best', 'ensemble', 'readable'] as const;

/** A model that can be looked into. */
export const analysedChoice = (text: string): (typeof analysed)[number] | number =>
  analysed.find((name) => name === text) ?? trialNumber(text, analysed);

/** The same, or an edited model that is kept. */
export const explainedChoice = (text: string): ReturnType<typeof analysedChoice> | EditName =>
  isEditName(text) ? text : analysedChoice(text);

const editable = ['best', 'readable'] as const;

/** A model that may be readable. */
export const editableChoice = (text: string): (typeof editable)[number] | number =>
  editable.find((name) => name === text) ?? trialNumber(text, editable);

/** 'best' or a number. */
export const trialChoice = (text: string): 'best' | number => (text === 'best' ? text : trialNumber(text, ['best']));

function trialNumber(text: string, names: readonly string[]): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`It must be the number of a trial, from 0, or one of: ${names.join(', ')}.`);
}
