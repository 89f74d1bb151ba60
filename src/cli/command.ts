import type { Command as Commander } from 'commander';
import type { Engine } from '../engine/index.ts';
import type { Interruption } from './interruption.ts';
import type { Output } from './output.ts';

/** What every command is handed. */
export interface CommandContext {
  readonly engine: Engine;
  readonly output: Output;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly interruption: Interruption;
}

/** Runs the action of a command with an engine that is closed afterwards; sets the exit code. */
export type Act = (json: boolean, action: (context: CommandContext) => Promise<number | undefined>) => Promise<void>;

/** One `vitrine` subcommand: its options table, the one operation it calls, then printing. */
export type RegisterCommand = (program: Commander, act: Act) => void;
