import { EventEmitter, type ExtensionContext, type TreeDataProvider, type TreeView, window, workspace } from 'vscode';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { Experiments } from '../experiments.ts';
import type { Studies } from '../studies.ts';
import { ExperimentNode, type ExperimentTreeNode } from './experiment-nodes.ts';

/** The workspace's experiments with their runs and best trials, live while the view is visible. */
export class ExperimentTree implements Contribution, TreeDataProvider<ExperimentTreeNode> {
  readonly #experiments: Experiments;
  readonly #studies: Studies;
  readonly #engine: EngineConnection;
  readonly #changed = new EventEmitter<ExperimentTreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(experiments: Experiments, studies: Studies, engine: EngineConnection) {
    this.#experiments = experiments;
    this.#studies = studies;
    this.#engine = engine;
  }

  register(context: ExtensionContext): void {
    const view = window.createTreeView('vitrine.experiments', { treeDataProvider: this });
    context.subscriptions.push(
      view,
      this.#changed,
      this.#experiments.onChanged(() => this.#refresh(view)),
      this.#studies.onChanged(() => this.#changed.fire(undefined)),
      this.#engine.onStateChanged(() => this.#changed.fire(undefined)),
      workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire(undefined)),
      view.onDidChangeVisibility(() => this.#refresh(view)),
    );
    this.#refresh(view);
  }

  getTreeItem(node: ExperimentTreeNode): ExperimentTreeNode {
    return node;
  }

  getChildren(node?: ExperimentTreeNode): ExperimentTreeNode[] {
    if (node instanceof ExperimentNode) return node.children;
    if (node) return [];
    const silent = this.#silence();
    return this.#experiments.all.map(
      (experiment) => new ExperimentNode(experiment, this.#studies.of(experiment.file), silent),
    );
  }

  #silence(): string | undefined {
    if (!workspace.isTrusted) return 'training waits for trust';
    return this.#engine.state.state === 'unreachable' ? 'the engine is not running' : undefined;
  }

  #refresh(view: TreeView<ExperimentTreeNode>): void {
    this.#studies.follow(this, view.visible ? this.#experiments.all.map(({ file }) => file) : []);
    this.#changed.fire(undefined);
  }
}
