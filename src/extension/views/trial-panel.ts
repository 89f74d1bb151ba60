import { type Disposable, Uri, type WebviewPanel, workspace } from 'vscode';
import { type Candidate, candidateTitle } from '../../shared/candidate.ts';
import type { ModelDetail } from '../../shared/results/study.ts';
import type { TrialSection } from '../../shared/webview-protocol.ts';
import type { TrialTarget } from '../command-arguments.ts';
import { LatestOnly } from '../latest-only.ts';
import { pageHtml } from './page-html.ts';
import { PageRelay } from './page-relay.ts';
import type { TrialPanelsParts } from './trial-panels.ts';

interface Reveal {
  readonly section: TrialSection;
  readonly start?: 'explain' | 'attack';
  readonly other?: Candidate;
}

/** One trial, or the ensemble, in an editor panel: its detail, sent whole whenever it changes while the panel is visible. */
export class TrialPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #target: TrialTarget;
  readonly #parts: TrialPanelsParts;
  readonly #relay: PageRelay;
  readonly #refresh = new LatestOnly(() => this.#pushDetail());
  readonly #subscriptions: readonly Disposable[];
  /** What to show once the page listens and knows its trial. */
  #reveal: Reveal | undefined;

  constructor(panel: WebviewPanel, target: TrialTarget, parts: TrialPanelsParts) {
    this.#panel = panel;
    this.#target = target;
    this.#parts = parts;
    this.#relay = new PageRelay(panel.webview, parts, () => {
      this.#pushContext();
      void this.#refresh.ask();
    });
    const { engine, studies } = parts;
    this.#subscriptions = [
      this.#relay,
      studies.onChanged((file) => file === target.file && panel.visible && void this.#refresh.ask()),
      engine.onStateChanged(() => this.#pushContext()),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.#pushContext();
        void this.#refresh.ask();
      }),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#relay.forget();
        this.#follow();
      }),
    ];
    panel.onDidDispose(() => {
      for (const subscription of this.#subscriptions) subscription.dispose();
      studies.follow(this, []);
    });
    panel.title = `${candidateTitle(target.trial)}: ${parts.experiments.nameOf(target.file)}`;
    panel.iconPath = Uri.joinPath(parts.extensionUri, 'media/file.svg');
    panel.webview.html = pageHtml(panel.webview, parts.extensionUri, 'trial');
    this.#follow();
  }

  /** Brings the panel to the front. An analysis begins once the page knows its trial. */
  show(reveal?: Reveal): void {
    this.#panel.reveal(undefined, false);
    this.#reveal = reveal ?? this.#reveal;
    if (this.#relay.ready) void this.#refresh.ask();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #follow(): void {
    this.#parts.studies.follow(this, this.#panel.visible ? [this.#target.file] : []);
  }

  #pushContext(): void {
    const subject = { surface: 'trial', ...this.#target } as const;
    this.#relay.pushContext({ engine: this.#parts.engine.state, trusted: workspace.isTrusted, subject });
  }

  async #pushDetail(): Promise<void> {
    if (!this.#relay.ready || !workspace.isTrusted) return;
    try {
      this.#relay.push({ type: 'trial', detail: await this.#detail() });
      this.#revealNow();
    } catch (error) {
      this.#relay.pushFault(this.#parts.faults.forPage(error));
    }
  }

  #detail(): Promise<ModelDetail> {
    const { engine } = this.#parts;
    const { file, trial } = this.#target;
    return trial === 'ensemble'
      ? engine.request('ensemble.show', { file })
      : engine.request('trial.show', { file, trial });
  }

  #revealNow(): void {
    if (!this.#reveal || !this.#relay.ready) return;
    this.#relay.push({ type: 'reveal', ...this.#reveal });
    this.#reveal = undefined;
  }
}
