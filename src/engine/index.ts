/** The engine's front door: everything that the command, the server and other programs use. */

export { faultWords, UserError } from '../shared/faults.ts';
export type { Direction } from '../shared/metrics.ts';
export type { Input, OperationName, Output } from '../shared/operations/operations.ts';
export { operations } from '../shared/operations/operations.ts';
export type { Params, Value } from '../shared/space.ts';
export type { Reason, Trial } from '../shared/trial.ts';
export { type CreateStudyOptions, createStudy } from './create-study.ts';
export { type CallOptions, Engine } from './engine.ts';
export { loadModel, type RowPrediction, type RowRecord, type SavedModel } from './operations/load-model.ts';
export type { ObjectiveFunction, OptimizeOptions, TrialContext } from './search/optimize.ts';
export type { Pruner } from './search/pruner.ts';
export type { Sampler } from './search/sampler.ts';
export { Study, type StudyOptions } from './search/study.ts';
export type { TrialResult } from './search/trial-result.ts';
export type { ParameterDescription, SpaceDescription } from './space/description.ts';
export { version } from './version.ts';
