import type { AttributeValue } from './onnx-messages.ts';

/** A row goes on at `yes` where its input is at most `cut`, else at `no`. */
export interface CutOfInput {
  readonly input: number;
  readonly cut: number;
  readonly yes: number;
  readonly no: number;
}

/** Trees in the making, as TreeEnsembleRegressor wants them: one list for each property of all nodes. Nodes are numbered within their tree. */
export class TreeAttributes {
  readonly #nodes = { trees: [] as number[], ids: [] as number[], inputs: [] as number[], cuts: [] as number[] };
  readonly #next = { modes: [] as string[], yes: [] as number[], no: [] as number[] };
  readonly #added = { trees: [] as number[], ids: [] as number[], outputs: [] as number[], weights: [] as number[] };

  split(tree: number, id: number, { input, cut, yes, no }: CutOfInput): void {
    this.#node(tree, id, input, cut);
    this.#next.modes.push('BRANCH_LEQ');
    this.#next.yes.push(yes);
    this.#next.no.push(no);
  }

  leaf(tree: number, id: number): void {
    this.#node(tree, id, 0, 0);
    this.#next.modes.push('LEAF');
    this.#next.yes.push(0);
    this.#next.no.push(0);
  }

  /** What a leaf adds to an output. */
  add(tree: number, id: number, output: number, weight: number): void {
    this.#added.trees.push(tree);
    this.#added.ids.push(id);
    this.#added.outputs.push(output);
    this.#added.weights.push(weight);
  }

  finish(outputs: number): Record<string, AttributeValue> {
    return {
      n_targets: { kind: 'integer', value: outputs },
      nodes_treeids: integers(this.#nodes.trees),
      nodes_nodeids: integers(this.#nodes.ids),
      nodes_featureids: integers(this.#nodes.inputs),
      nodes_values_as_tensor: doubles(this.#nodes.cuts),
      nodes_modes: { kind: 'texts', values: this.#next.modes },
      nodes_truenodeids: integers(this.#next.yes),
      nodes_falsenodeids: integers(this.#next.no),
      target_treeids: integers(this.#added.trees),
      target_nodeids: integers(this.#added.ids),
      target_ids: integers(this.#added.outputs),
      target_weights_as_tensor: doubles(this.#added.weights),
    };
  }

  #node(tree: number, id: number, input: number, cut: number): void {
    this.#nodes.trees.push(tree);
    this.#nodes.ids.push(id);
    this.#nodes.inputs.push(input);
    this.#nodes.cuts.push(cut);
  }
}

const integers = (values: readonly number[]): AttributeValue => ({ kind: 'integers', values });
const doubles = (values: readonly number[]): AttributeValue => ({
  kind: 'tensor',
  tensor: { type: 'double', shape: [values.length], values },
});
