export { type Code, type CodeInfo, codes, type Severity } from './codes.ts';
export type { KnownColumn, KnownData, ProviderContext } from './context.ts';
export type { Diagnostic, Fix, Position, Range, TextEdit } from './diagnostic.ts';
export type { Draft } from './draft.ts';
export { type ParsedExperiment, parseExperiment } from './parse.ts';
