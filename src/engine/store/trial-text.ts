import type { Trial } from '../../shared/trial.ts';

/** A trial as the stores keep it: JSON, with the infinities that JSON lacks. */
export const trialText = (trial: Trial): string => numberedText(trial);

/** As `trialText`, for anything that holds trials. */
export const numberedText = (value: unknown, indent?: number): string => JSON.stringify(value, replaceNumber, indent);

/** A reviver is called for every value, which ten thousand trials would feel; few hold an infinity. */
export const parseTrial = (text: string): Trial =>
  text.includes('"$number"') ? JSON.parse(text, reviveNumber) : JSON.parse(text);

const replaceNumber = (_key: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
const reviveNumber = (_key: string, value: unknown) =>
  typeof value === 'object' && value !== null && '$number' in value ? Number(value.$number) : value;
