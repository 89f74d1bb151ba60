import {
  commands,
  type ExtensionContext,
  type Uri,
  type WebviewView,
  type WebviewViewProvider,
  type WebviewViewResolveContext,
  window,
  workspace,
} from 'vscode';
import { type PageContext, readState } from '../../shared/webview-protocol.ts';
import type { ExperimentTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';
import type { Experiments } from '../experiments.ts';
import { isExperiment } from '../language/selector.ts';
import type { Studies } from '../studies.ts';
import { pageFolder, pageHtml } from './page-html.ts';
import { PageRelay, type RelayParts } from './page-relay.ts';

export interface DashboardParts extends RelayParts {
  readonly extensionUri: Uri;
  readonly commands: Commands;
  readonly experiments: Experiments;
  readonly studies: Studies;
  readonly picker: ExperimentPicker;
}

/** The side panel: one experiment at a time, live while it is visible. */
export class Dashboard implements Contribution, WebviewViewProvider {
  readonly #parts: DashboardParts;
  #view: WebviewView | undefined;
  #relay: PageRelay | undefined;
  #selected: string | null = null;

  constructor(parts: DashboardParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    const { commands, experiments, studies, engine } = this.#parts;
    context.subscriptions.push(
      window.registerWebviewViewProvider('vitrine.dashboard', this),
      commands.register('vitrine.openDashboard', this.#open),
      experiments.onChanged(() => this.#choose()),
      studies.onChanged((file) => file === this.#selected && this.#pushStudy()),
      engine.onStateChanged(() => this.#pushContext()),
      workspace.onDidGrantWorkspaceTrust(() => this.#pushContext()),
    );
  }

  readonly #open = async (given?: ExperimentTarget): Promise<void> => {
    const file = await this.#parts.picker.pick(given, 'Open dashboard');
    if (file === undefined) return;
    this.#select(file);
    await commands.executeCommand('vitrine.dashboard.focus');
  };

  resolveWebviewView(view: WebviewView, { state }: WebviewViewResolveContext): void {
    const { webview } = view;
    this.#selected ??= readState(state).file;
    this.#choose();
    this.#relay?.dispose();
    const relay = new PageRelay(webview, this.#parts, () => {
      this.#pushContext();
      this.#pushStudy();
    });
    this.#view = view;
    this.#relay = relay;
    webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.#parts.extensionUri)] };
    webview.html = pageHtml(webview, this.#parts.extensionUri, 'dashboard');
    view.onDidChangeVisibility(() => {
      if (!view.visible) relay.forget();
      this.#follow();
    });
    view.onDidDispose(() => {
      relay.dispose();
      if (this.#relay !== relay) return;
      this.#relay = undefined;
      this.#view = undefined;
      this.#follow();
    });
    this.#follow();
  }

  #select(file: string): void {
    if (this.#selected === file) return;
    this.#selected = file;
    this.#follow();
    this.#pushContext();
    this.#pushStudy();
  }

  /** Keeps a selection that exists: what runs, what is in front, or the first. */
  #choose(): void {
    const { experiments } = this.#parts;
    if (!experiments.searched) return;
    const files = experiments.all.map(({ file }) => file);
    if (this.#selected === null || !files.includes(this.#selected)) {
      const inFront = window.activeTextEditor?.document;
      const candidates = [this.#parts.studies.running[0], inFront && isExperiment(inFront) && inFront.fileName];
      this.#selected = candidates.find((file) => file && files.includes(file)) || (files[0] ?? null);
    }
    this.#follow();
    this.#pushContext();
    this.#pushStudy();
  }

  #follow(): void {
    const visible = this.#view?.visible === true && this.#selected !== null;
    this.#parts.studies.follow(this, visible ? [this.#selected!] : []);
  }

  #pushContext(): void {
    const { engine, experiments } = this.#parts;
    const subject: PageContext['subject'] = {
      surface: 'dashboard',
      experiments: experiments.all,
      selected: this.#selected,
    };
    this.#relay?.pushContext({ engine: engine.state, trusted: workspace.isTrusted, subject });
  }

  #pushStudy(): void {
    if (this.#selected === null) return;
    const { snapshot, fault } = this.#parts.studies.of(this.#selected);
    if (fault) this.#relay?.pushFault(fault);
    else if (snapshot) this.#relay?.push({ type: 'study', snapshot });
  }
}
