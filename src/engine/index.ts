/** The engine's front door: everything that the command, the server and other programs use. */

export { faultWords, UserError } from '../shared/faults.ts';
export type { Input, OperationName, Output } from '../shared/operations/operations.ts';
export { operations } from '../shared/operations/operations.ts';
export { type CallOptions, Engine } from './engine.ts';
export { createStudy, Study, type StudyOptions } from './search/study.ts';
export { version } from './version.ts';
