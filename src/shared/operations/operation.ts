import type { z } from 'zod';

/** What anybody can ask of the engine; the RPC, the command and the tests follow from it. */
export interface Operation<I extends z.ZodType, O> {
  readonly name: string;
  readonly title: string;
  /** 'free' answers from what is known; 'costly' computes for more than a moment, reports progress and can be cancelled. */
  readonly cost: 'free' | 'costly';
  readonly readOnly: boolean;
  readonly words: string;
  readonly input: I;
  /** Type only. */
  readonly output?: O;
}

export const operation =
  <O>() =>
  <I extends z.ZodType>(definition: Omit<Operation<I, O>, 'output'>): Operation<I, O> =>
    definition;
