import { z } from 'zod';
import { UserError } from '../shared/faults.ts';
import {
  type CheckedInput,
  type Input,
  type OperationName,
  type Output,
  operations,
} from '../shared/operations/operations.ts';
import { EngineState } from './operations/context.ts';
import type { Implementation } from './operations/implementation.ts';
import { implementations } from './operations/registry.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (share: number, words: string) => void;
}

/**
 * The product without an editor: every operation of shared/operations, in this process, with workers of its own.
 * `close` ends the workers; runs under way are stopped by `run.stop` first.
 */
export class Engine {
  readonly #state = new EngineState();

  /** Throws a UserError for what the person can mend, an AbortError on the signal. */
  async call<N extends OperationName>(name: N, input: Input<N>, options: CallOptions = {}): Promise<Output<N>> {
    const checked = operations[name].input.safeParse(input);
    if (!checked.success) throw badInput(name, checked.error);
    const implementation = implementations[name] as Implementation<N>;
    const context = {
      state: this.#state,
      signal: options.signal ?? new AbortController().signal,
      progress: options.progress ?? (() => undefined),
    };
    const asked: object = checked.data;
    if ('file' in asked && typeof asked.file === 'string') await this.#state.settle(asked.file, context.signal);
    return implementation(context, checked.data as CheckedInput<N>);
  }

  /** Experiments that this process is running. */
  get running(): string[] {
    return this.#state.running;
  }

  /** Differs whenever something about the newest study of the file does; cheap enough to poll. */
  versionOf(file: string): string | undefined {
    return this.#state.versionOf(file);
  }

  async close(): Promise<void> {
    await this.#state.close();
  }
}

const badInput = (name: string, error: z.ZodError) =>
  new UserError('bad-input', `${name}: ${z.prettifyError(error).replaceAll('✖ ', '').replaceAll('\n', ' ')}`, {
    advice: 'See shared/operations for what it takes.',
  });
