import { css, html, nothing } from 'lit';
import type { TrialDetail } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { select } from '../components/select.ts';
import '../explain/additive-terms.ts';
import '../explain/examples.ts';
import '../explain/local-surrogate.ts';
import '../explain/permutation-importance.ts';

/** All explanations of a trial: of the whole model, then of one row at a time. */
export class Explanations extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      section + section {
        margin-top: 20px;
        padding-top: 16px;
        border-top: 1px solid var(--line);
      }
      .row {
        margin-bottom: 12px;
      }
      .one-row > * + * {
        margin-top: 24px;
      }
    `,
  ];
  static override properties = { detail: { attribute: false }, chosen: { state: true } };
  declare detail: TrialDetail | null;
  declare chosen: number | null;

  constructor() {
    super();
    this.detail = null;
    this.chosen = null;
  }

  protected override render() {
    const { detail } = this;
    if (!detail) return nothing;
    const rows = explainedRows(detail);
    const row = this.chosen !== null && rows.includes(this.chosen) ? this.chosen : rows.at(-1);
    return html`${
      detail.terms
        ? html`<section><vitrine-additive-terms .result=${detail.terms}></vitrine-additive-terms></section>`
        : nothing
    }
    ${
      detail.importance
        ? html`<section><vitrine-permutation-importance .result=${detail.importance}></vitrine-permutation-importance></section>`
        : nothing
    }
    ${row === undefined ? nothing : this.#row(detail, rows, row)}`;
  }

  #row({ surrogates, examples }: TrialDetail, rows: readonly number[], row: number) {
    const surrogate = surrogates.findLast(({ rowIndex }) => rowIndex === row);
    const example = examples.findLast(({ rowIndex }) => rowIndex === row);
    return html`<section>
      ${rows.length > 1 ? this.#chooser(rows, row) : nothing}
      <div class="one-row">
        ${surrogate ? html`<vitrine-local-surrogate .result=${surrogate}></vitrine-local-surrogate>` : nothing}
        ${example ? html`<vitrine-examples .result=${example}></vitrine-examples>` : nothing}
      </div>
    </section>`;
  }

  #chooser(rows: readonly number[], row: number) {
    const choose = (value: string) => {
      this.chosen = Number(value);
    };
    const options = rows.map((each) => ({ value: String(each), label: `row ${each}` }));
    return html`<div class="row">
      <span class="quiet">Explained rows</span>
      ${select({ label: 'Explained row', options, value: String(row), onChange: choose })}
    </div>`;
  }
}

/** In the order they were asked for. */
export const explainedRows = ({
  surrogates,
  examples,
}: Pick<TrialDetail, 'surrogates' | 'examples'>): readonly number[] => [
  ...new Set([...surrogates, ...examples].map(({ rowIndex }) => rowIndex)),
];
define('vitrine-explanations', Explanations);
