import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  EventEmitter,
  type ExtensionContext,
  languages,
  type TextDocument,
} from 'vscode';
import { type Lens, lenses } from '../../language/index.ts';
import type { Contribution } from '../contribution.ts';
import type { Studies } from '../studies.ts';
import { toRange } from './ranges.ts';
import { experimentSelector } from './selector.ts';

/** 'Run' (or 'Stop' while it runs) and 'Open dashboard' above the experiment's name. */
export class Lenses implements Contribution, CodeLensProvider {
  readonly #studies: Studies;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  #running = '';

  constructor(studies: Studies) {
    this.#studies = studies;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(
      this.#changed,
      this.#studies.onChanged(this.#whenRunsDiffer),
      languages.registerCodeLensProvider(experimentSelector, this),
    );
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const file = document.fileName;
    return lenses(document.getText()).map((lens) => new CodeLens(toRange(lens.range), this.#command(lens, file)));
  }

  #command({ title, command }: Lens, file: string): Command {
    if (command === 'vitrine.run' && this.#studies.running.includes(file))
      return { title: '$(debug-stop) Stop', command: 'vitrine.stop', arguments: [file] };
    return { title: command === 'vitrine.run' ? `$(play) ${title}` : title, command, arguments: [file] };
  }

  readonly #whenRunsDiffer = (): void => {
    const running = this.#studies.running.join('\n');
    if (running === this.#running) return;
    this.#running = running;
    this.#changed.fire();
  };
}
