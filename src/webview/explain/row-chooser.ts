import { css, html } from 'lit';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { textField } from '../components/text-field.ts';

/** Asks for the explanation of one more row of the validation part. */
export class RowChooser extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      form {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .field {
        width: 90px;
      }
    `,
  ];
  static override properties = { blocked: {}, row: { state: true } };
  declare blocked: string;
  declare row: string;

  constructor() {
    super();
    this.blocked = '';
    this.row = '';
  }

  protected override render() {
    const row = Number(this.row);
    const good = this.row.trim() !== '' && Number.isInteger(row) && row >= 0;
    const ask = () =>
      good &&
      !this.blocked &&
      this.dispatchEvent(new CustomEvent<number>('vitrine-row', { detail: row, bubbles: true, composed: true }));
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        ask();
      }}
    >
      <span class="quiet">Explain another row of the validation part</span>
      ${textField({ label: 'Row number', value: this.row, placeholder: 'row', onInput: (text) => (this.row = text), onEnter: ask })}
      ${button({ label: 'Explain row', secondary: true, disabled: !good || this.blocked !== '', title: this.blocked || undefined, onClick: ask })}
    </form>`;
  }
}
define('vitrine-row-chooser', RowChooser);
