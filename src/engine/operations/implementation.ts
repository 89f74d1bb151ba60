import type { CheckedInput, OperationName, Output } from '../../shared/operations/operations.ts';
import type { OperationContext } from './context.ts';

/** What an operation of shared/operations does. */
export type Implementation<N extends OperationName> = (
  context: OperationContext,
  input: CheckedInput<N>,
) => Promise<Output<N>>;
