import { EventEmitter, type ExtensionContext, type TreeDataProvider, type TreeView, window } from 'vscode';
import type { Contribution } from '../contribution.ts';
import type { Experiments } from '../experiments.ts';
import type { Studies } from '../studies.ts';
import { ExperimentNode, type ExperimentTreeNode } from './experiment-nodes.ts';

/** The workspace's experiments with their runs and best trials, live while the view is visible. */
export class ExperimentTree implements Contribution, TreeDataProvider<ExperimentTreeNode> {
  readonly #experiments: Experiments;
  readonly #studies: Studies;
  readonly #changed = new EventEmitter<ExperimentTreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(experiments: Experiments, studies: Studies) {
    this.#experiments = experiments;
    this.#studies = studies;
  }

  register(context: ExtensionContext): void {
    const view = window.createTreeView('vitrine.experiments', { treeDataProvider: this });
    context.subscriptions.push(
      view,
      this.#changed,
      this.#experiments.onChanged(() => this.#refresh(view)),
      this.#studies.onChanged(() => this.#changed.fire(undefined)),
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
    return this.#experiments.all.map((experiment) => new ExperimentNode(experiment, this.#studies.of(experiment.file)));
  }

  #refresh(view: TreeView<ExperimentTreeNode>): void {
    this.#studies.follow(this, view.visible ? this.#experiments.all.map(({ file }) => file) : []);
    this.#changed.fire(undefined);
  }
}
