import { placeOf } from '../language/data-finding-place.ts';
import type { Diagnostic } from '../language/diagnostic.ts';
import type { Source } from '../language/source.ts';
import { type DataFinding, findingWords } from '../shared/results/data-findings.ts';

/** What is wrong with an experiment, at its place in the file: a diagnostic of the language, or what the engine found in the data. */
export type Finding = Omit<Diagnostic, 'code' | 'severity'> & {
  readonly code: string;
  readonly severity: Diagnostic['severity'] | 'information';
};

/** `file:line:column: message [code]`, lines and columns from 1. */
export const findingLine = ({ range, message, code }: Finding, file: string): string =>
  `${file}:${range.start.line + 1}:${range.start.character + 1}: ${message} [${code}]`;

export const isError = ({ severity }: Finding): boolean => severity === 'error';

/** What a data check found, at the key of the file that it is about. */
export const dataFinding = (found: DataFinding, document: Source): Finding => ({
  code: `data/${found.check}`,
  severity: found.severity === 'note' ? 'information' : found.severity,
  message: findingWords(found),
  range: placeOf(document, found),
});
