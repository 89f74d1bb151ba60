import type { Diagnostic } from '../language/diagnostic.ts';

/** What is wrong with an experiment, at its place in the file: a diagnostic of the language, or what the engine found in the data. */
export type Finding = Omit<Diagnostic, 'code'> & { readonly code: string };

/** `file:line:column: message [code]`, lines and columns from 1. */
export const findingLine = ({ range, message, code }: Finding, file: string): string =>
  `${file}:${range.start.line + 1}:${range.start.character + 1}: ${message} [${code}]`;

export const isError = ({ severity }: Finding): boolean => severity === 'error';
