import type { Reading } from './quantity.ts';

/**
 * A command as its words: parted by spaces, those between 'single' or "double" quotes kept together. There is no shell: nothing is
 * expanded, and a backslash is itself, so that it means the same on every system.
 */
export function commandWords(text: string): Reading<readonly string[]> {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (const letter of text) {
    if (quote !== '') {
      if (letter === quote) quote = '';
      else word += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (quote !== '') return { ok: false, problem: `The command has a ${quote} that is never closed.` };
  if (word !== undefined) words.push(word);
  if (words.length > 0 && words[0] !== '') return { ok: true, value: words };
  return { ok: false, problem: 'The command is empty; write a program and its arguments, such as python train.py.' };
}

/** What a command may name in braces besides parameters and the resource. */
export const placeholderNames = ['config', 'folder', 'seed', 'trial'] as const;

const placeholder = /\{([A-Za-z_][\w.-]*)\}/g;

/** Every name in braces, in order. */
export const placeholdersIn = (word: string): string[] => [...word.matchAll(placeholder)].map(([, name]) => name);

/** The word with each name in braces that has a value replaced by it; others stay as they are. */
export const filledWord = (word: string, values: ReadonlyMap<string, string>): string =>
  word.replace(placeholder, (whole, name: string) => values.get(name) ?? whole);
