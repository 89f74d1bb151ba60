import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { PageContext } from '../../shared/webview-protocol.ts';
import { button } from '../components/button.ts';
import '../components/empty-state.ts';
import { busyBar } from '../components/progress.ts';
import type { Host } from './host.ts';

/** Says when the engine starts or cannot be reached, and when the extension itself does not answer. */
export class EngineNotice implements ReactiveController {
  readonly #element: ReactiveControllerHost;
  #timer = 0;
  #late = false;

  constructor(element: ReactiveControllerHost) {
    this.#element = element;
    element.addController(this);
  }

  hostConnected(): void {
    const waited = () => {
      this.#late = true;
      this.#element.requestUpdate();
    };
    this.#timer = window.setTimeout(waited, 10_000);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  render(context: PageContext | null, host: Host | null) {
    if (!context) return this.#late ? silent(host) : busyBar('Opening');
    const untrusted = context.trusted ? nothing : restricted(host);
    if (context.engine.state === 'running' || context.engine.state === 'off') return untrusted;
    if (context.engine.state === 'starting')
      return html`${untrusted}<p role="status" class="quiet">Starting the engine…</p>${busyBar('Starting the engine')}`;
    return html`${untrusted}${unreachable(host, context.engine.message)}`;
  }
}

const log = (host: Host | null) =>
  button({ label: 'Open log', icon: 'output', secondary: true, onClick: () => host?.command('openLog', {}) });

const silent = (host: Host | null) => html`<vitrine-empty-state
  picture="error"
  tone="fault"
  heading="The extension does not answer"
  words="Vitrine's extension has said nothing for 10 seconds."
  advice="The log tells what it is doing; reloading the window starts it afresh."
  >${log(host)}</vitrine-empty-state
>`;

const unreachable = (host: Host | null, message = '') => html`<vitrine-empty-state
  picture="error"
  tone="fault"
  heading="The engine is not running"
  words=${message}
  advice="Finished trials are safe in .vitrine; what is shown here is the last that was heard."
  >${button({ label: 'Start it again', icon: 'refresh', onClick: () => host?.command('retryEngine', {}) })}${log(host)}</vitrine-empty-state
>`;

const restricted = (host: Host | null) => html`<vitrine-empty-state
  picture="shield"
  tone="warning"
  heading="Restricted mode"
  words="Training runs the learners and programs that an experiment file names, so it waits until you trust this folder. Reading and checking work."
  >${button({ label: 'Manage trust', secondary: true, onClick: () => host?.command('manageTrust', {}) })}</vitrine-empty-state
>`;
