import { EventEmitter, type ExtensionContext, workspace } from 'vscode';
import type { RunState, StudySnapshot } from '../shared/results/study.ts';
import type { WebviewFault } from '../shared/webview-protocol.ts';
import type { Contribution } from './contribution.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { FaultMessages } from './fault-messages.ts';
import { LatestOnly } from './latest-only.ts';

export const isUnderWay = (run: RunState): boolean => run === 'preparing' || run === 'searching' || run === 'finishing';

/** What was last heard of one study. */
export interface StudyState {
  readonly snapshot?: StudySnapshot;
  /** Why it could not be read the last time. */
  readonly fault?: WebviewFault;
}

/** The studies that somebody looks at: the engine's last word on each, asked for again when it says that one changed. */
export class Studies implements Contribution {
  readonly #engine: EngineConnection;
  readonly #faults: FaultMessages;
  readonly #changed = new EventEmitter<string>();
  /** The file whose study differs. */
  readonly onChanged = this.#changed.event;
  readonly #states = new Map<string, StudyState>();
  readonly #refreshes = new Map<string, LatestOnly>();
  readonly #followers = new Map<object, readonly string[]>();

  constructor(engine: EngineConnection, faults: FaultMessages) {
    this.#engine = engine;
    this.#faults = faults;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(
      this.#changed,
      this.#engine.onStudyChanged(({ file }) => void this.refresh(file)),
      this.#engine.onStateChanged(({ state }) => state === 'running' && void this.#catchUp()),
      workspace.onDidGrantWorkspaceTrust(() => this.#refreshAll()),
    );
  }

  of(file: string): StudyState {
    return this.#states.get(file) ?? {};
  }

  /** Files with a run under way; none where the engine is gone, whatever was last heard. */
  get running(): string[] {
    if (this.#engine.state.state !== 'running') return [];
    return [...this.#states].flatMap(([file, { snapshot }]) => (snapshot && isUnderWay(snapshot.run) ? [file] : []));
  }

  /** Replaces what `follower` (a view that is visible) looks at; what is new to it is read at once. */
  follow(follower: object, files: readonly string[]): void {
    const before = new Set(this.#wanted());
    this.#followers.set(follower, files);
    const wanted = this.#wanted();
    if (wanted.length === before.size && wanted.every((file) => before.has(file))) return;
    this.#engine.watch(wanted);
    for (const file of wanted) if (!before.has(file)) void this.refresh(file);
  }

  /** Looks at a run until it is over, whether a view shows it or not. */
  followRun(file: string): Promise<void> {
    this.follow(this, [...new Set([...this.running, file])]);
    return this.refresh(file);
  }

  /** Asks the engine for the study as it is now; starts it where nothing did yet, but not in a restricted workspace. */
  async refresh(file: string): Promise<void> {
    if (!workspace.isTrusted || this.#engine.state.state === 'unreachable') return;
    const refresh = this.#refreshes.get(file) ?? new LatestOnly(() => this.#read(file));
    this.#refreshes.set(file, refresh);
    await refresh.ask();
  }

  async #read(file: string): Promise<void> {
    try {
      this.#states.set(file, { snapshot: await this.#engine.request('study.show', { file }) });
    } catch (error) {
      this.#states.set(file, { snapshot: this.of(file).snapshot, fault: this.#faults.forPage(error) });
    }
    this.#changed.fire(file);
    this.follow(this, this.running);
  }

  /** After the engine came up: what was followed may have moved on, and what runs is followed though no view shows it. */
  async #catchUp(): Promise<void> {
    try {
      const { running } = await this.#engine.request('engine.status', {});
      this.follow(this, running);
    } catch (error) {
      this.#faults.note(error);
    }
    this.#refreshAll();
  }

  #refreshAll(): void {
    for (const file of this.#wanted()) void this.refresh(file);
  }

  #wanted(): string[] {
    return [...new Set([...this.#followers.values()].flat())].sort();
  }
}
