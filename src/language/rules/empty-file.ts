import { diagnostic, type Rule } from '../rule.ts';

export const emptyFile: Rule = {
  codes: ['empty-file'],
  *check({ source }) {
    if (source.problems.length > 0 || (source.value !== null && source.value !== undefined)) return;
    const message =
      'This experiment file is empty. Write at least data: {path: FILE, target: COLUMN}, or let vitrine init DATA --target COLUMN write it.';
    yield diagnostic('empty-file', source.valueRange([]), message);
  },
};
