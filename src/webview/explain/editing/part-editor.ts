import { css, html } from 'lit';
import type { ModelEdit } from '../../../shared/model-edit.ts';
import type { EditTargets } from '../../../shared/results/model-editing.ts';
import { countWords } from '../../../shared/results/numbers.ts';
import { baseStyles } from '../../components/base-styles.ts';
import { button } from '../../components/button.ts';
import { define, VitrineElement } from '../../components/element.ts';
import { select } from '../../components/select.ts';

type PartTargets = Exclude<EditTargets, { kind: 'graphs' }>;

/** Taking parts out of a linear model, a tree or a rule set, one at a time; what is pressed is told by 'vitrine-edit'. */
export class PartEditor extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .select {
        flex: 1 1 240px;
        min-width: 0;
        max-width: 640px;
      }
    `,
  ];
  static override properties = { targets: { attribute: false }, edits: { attribute: false }, chosen: { state: true } };
  declare targets: PartTargets | null;
  /** Parts that are taken out already cannot be taken out again. */
  declare edits: readonly ModelEdit[];
  declare chosen: number;

  constructor() {
    super();
    this.targets = null;
    this.edits = [];
    this.chosen = 0;
  }

  protected override render() {
    const { targets } = this;
    if (!targets) return html``;
    const { label, action, parts } = waysOf(targets);
    const taken = new Set(this.edits.map((edit) => JSON.stringify(edit)));
    const left = parts.filter(({ edit }) => !taken.has(JSON.stringify(edit)));
    if (left.length === 0) return html`<p class="quiet">There is nothing left to take out.</p>`;
    const at = Math.min(this.chosen, left.length - 1);
    return html`<div class="row">
      <span class="quiet">${label}</span>
      ${select({
        label: `${label} to edit`,
        options: left.map(({ words }, i) => ({ value: String(i), label: words })),
        value: String(at),
        onChange: (value) => {
          this.chosen = Number(value);
        },
      })}
      ${button({
        label: action,
        onClick: () => this.dispatchEvent(new CustomEvent<ModelEdit>('vitrine-edit', { detail: left[at].edit })),
      })}
    </div>`;
  }
}

interface Ways {
  readonly label: string;
  readonly action: string;
  readonly parts: readonly { readonly words: string; readonly edit: ModelEdit }[];
}

function waysOf(targets: PartTargets): Ways {
  switch (targets.kind) {
    case 'weights':
      return {
        label: 'Weight',
        action: 'Make it 0',
        parts: targets.weights.map((weight) => ({ words: weight, edit: { kind: 'zero', weight } })),
      };
    case 'tree':
      return {
        label: 'Split',
        action: 'Prune to a leaf',
        parts: targets.splits.map(({ node, words, rows, leaves }) => ({
          words: `${words} (${countWords(rows, 'row')}, ${countWords(leaves, 'leaf', 'leaves')})`,
          edit: { kind: 'prune', node },
        })),
      };
    case 'rules':
      return {
        label: 'Rule',
        action: 'Drop it',
        parts: targets.rules.map((text, i) => ({
          words: `${i + 1}. ${text}`,
          edit: { kind: 'drop-rule', rule: i + 1 },
        })),
      };
  }
}
define('vitrine-part-editor', PartEditor);
