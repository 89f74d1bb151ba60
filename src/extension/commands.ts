import { commands, type Disposable } from 'vscode';
import type { CommandArguments, CommandId } from './command-arguments.ts';
import type { FaultMessages } from './fault-messages.ts';

/** Registers commands by the typed map, and tells the person of what goes wrong in them. */
export class Commands {
  readonly #faults: FaultMessages;

  constructor(faults: FaultMessages) {
    this.#faults = faults;
  }

  /** The command answers what the handler does, or undefined where it failed or the person broke it off. */
  register<C extends CommandId, R>(
    id: C,
    handler: (...given: CommandArguments[C]) => Promise<R | undefined> | R | undefined,
  ): Disposable {
    return commands.registerCommand(id, async (...given: CommandArguments[C]): Promise<R | undefined> => {
      try {
        return await handler(...given);
      } catch (error) {
        this.#faults.show(error);
        return undefined;
      }
    });
  }
}

/** Runs one of our own commands. */
export const execute = <C extends CommandId>(id: C, ...given: CommandArguments[C]): Thenable<unknown> =>
  commands.executeCommand(id, ...given);
