import {
  type ExtensionContext,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
} from 'vscode';
import type { Candidate } from '../../shared/candidate.ts';
import { readState, type TrialSection } from '../../shared/webview-protocol.ts';
import type { ExperimentTarget, TrialTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { Experiments } from '../experiments.ts';
import type { Studies } from '../studies.ts';
import type { TrialPicker } from '../trial-picker.ts';
import { requireTrust } from '../trust.ts';
import { pageFolder } from './page-html.ts';
import type { RelayParts } from './page-relay.ts';
import { TrialPanel } from './trial-panel.ts';

const viewType = 'vitrine.trial';

export interface TrialPanelsParts extends RelayParts {
  readonly extensionUri: Uri;
  readonly commands: Commands;
  readonly experiments: Experiments;
  readonly studies: Studies;
  readonly picker: TrialPicker;
}

/** The panels of trials: opened by commands, taken up again after the window was loaded again. */
export class TrialPanels implements Contribution, WebviewPanelSerializer {
  readonly #parts: TrialPanelsParts;
  readonly #panels = new Map<string, TrialPanel>();

  constructor(parts: TrialPanelsParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    const { commands } = this.#parts;
    context.subscriptions.push(
      window.registerWebviewPanelSerializer(viewType, this),
      commands.register('vitrine.openTrial', (given, section) => this.#open('Open trial', given, section)),
      commands.register('vitrine.explainTrial', (given) => this.#analyse('Explain trial', given, 'explain')),
      commands.register('vitrine.attackTrial', (given) => this.#analyse('Attack trial', given, 'attack')),
      commands.register('vitrine.compareModels', (given, second) => this.#compare(given, second)),
      commands.register('vitrine.showCost', (given) => this.#open('Show cost', given, 'cost')),
    );
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const { file, trial } = readState(state);
    // Kept by another version, or before the first results: there is nothing to show.
    if (file === null || trial === null) panel.dispose();
    else this.#adopt(panel, { file, trial });
  }

  async #analyse(
    title: string,
    given: TrialTarget | ExperimentTarget | undefined,
    analysis: 'explain' | 'attack',
  ): Promise<TrialTarget | undefined> {
    requireTrust(analysis === 'explain' ? 'Explaining' : 'Attacking');
    return this.#open(title, given, analysis === 'explain' ? 'explanation' : 'robustness', analysis);
  }

  async #open(
    title: string,
    given: TrialTarget | ExperimentTarget | undefined,
    section?: TrialSection,
    start?: 'explain' | 'attack',
  ): Promise<TrialTarget | undefined> {
    const target = await this.#parts.picker.pick(given, title);
    if (!target) return undefined;
    const panel = this.#panels.get(keyOf(target)) ?? this.#create(target);
    panel.show(section && { section, start });
    return { file: target.file, trial: target.trial };
  }

  async #compare(
    given: TrialTarget | ExperimentTarget | undefined,
    second: Candidate | undefined,
  ): Promise<TrialTarget | undefined> {
    requireTrust('Comparing');
    const { picker } = this.#parts;
    const first = await picker.pick(given, 'Compare models');
    if (!first) return undefined;
    const other = second ?? (await picker.pickOther(first, 'Compare models'));
    if (other === undefined) return undefined;
    const panel = this.#panels.get(keyOf(first)) ?? this.#create(first);
    panel.show({ section: 'compare', other });
    return { file: first.file, trial: first.trial };
  }

  #create(target: TrialTarget): TrialPanel {
    const options = { enableScripts: true, retainContextWhenHidden: false, enableFindWidget: true };
    return this.#adopt(window.createWebviewPanel(viewType, 'Trial', ViewColumn.Active, options), target);
  }

  #adopt(webviewPanel: WebviewPanel, target: TrialTarget): TrialPanel {
    // A restored panel brings the options of the version that made it.
    webviewPanel.webview.options = {
      enableScripts: true,
      localResourceRoots: [pageFolder(this.#parts.extensionUri)],
    };
    const panel = new TrialPanel(webviewPanel, target, this.#parts);
    this.#panels.set(keyOf(target), panel);
    webviewPanel.onDidDispose(() => this.#panels.delete(keyOf(target)));
    return panel;
  }
}

const keyOf = ({ file, trial }: TrialTarget): string => `${trial} ${file}`;
