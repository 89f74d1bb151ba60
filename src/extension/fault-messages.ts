import { basename } from 'node:path';
import { commands, type LogOutputChannel, Position, Range, Uri, window } from 'vscode';
import { faultWords, type Place, UserError } from '../shared/faults.ts';
import type { WebviewFault } from '../shared/webview-protocol.ts';

interface Action {
  readonly title: string;
  act(): Thenable<unknown> | undefined;
}

/** Whether the person broke it off: nothing to tell. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');

/** Tells a person what went wrong, with a button that leads to where it can be mended; the log has the rest. */
export class FaultMessages {
  readonly #log: LogOutputChannel;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  show(error: unknown): void {
    if (isCancelled(error)) return;
    this.note(error);
    const actions = this.#actionsFor(error);
    void window.showErrorMessage(messageOf(error), ...actions.map(({ title }) => title)).then((chosen) => {
      return actions.find(({ title }) => title === chosen)?.act();
    });
  }

  /** To the log only. */
  note(error: unknown): void {
    if (error instanceof UserError) this.#log.warn(`[${error.code}] ${faultWords(error)}`);
    else this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** For a page, which shows it in its own place. */
  forPage(error: unknown): WebviewFault {
    if (isCancelled(error)) return { code: 'cancelled', message: 'Cancelled.' };
    this.note(error);
    if (error instanceof UserError) return { code: error.code, message: sentence(error.message), advice: error.advice };
    return {
      message: `A fault of Vitrine's own: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'The log has the details.',
    };
  }

  #actionsFor(error: unknown): Action[] {
    const openLog: Action = { title: 'Open log', act: () => commands.executeCommand('vitrine.openLog') };
    if (!(error instanceof UserError)) return [openLog];
    if (error.code === 'untrusted')
      return [{ title: 'Manage trust', act: () => commands.executeCommand('workbench.trust.manage') }];
    if (error.code.startsWith('engine-'))
      return [{ title: 'Start it again', act: () => commands.executeCommand('vitrine.startEngine') }, openLog];
    const { place } = error;
    return place ? [{ title: `Open ${basename(place.file)}`, act: () => openPlace(place) }] : [];
  }
}

function openPlace({ file, line = 1, column = 1 }: Place): Thenable<unknown> {
  const at = new Position(line - 1, column - 1);
  return window.showTextDocument(Uri.file(file), { selection: new Range(at, at) });
}

function messageOf(error: unknown): string {
  if (error instanceof UserError) {
    const where = error.place ? `${basename(error.place.file)}: ` : '';
    return [where ? `${where}${error.message}` : sentence(error.message), error.advice].filter(Boolean).join(' ');
  }
  return `A fault of Vitrine's own: ${error instanceof Error ? error.message : String(error)}`;
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
