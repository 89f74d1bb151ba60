import { css, html, nothing, type TemplateResult } from 'lit';
import type { Technique } from '../../shared/results/explanation.ts';
import { defaultWords, optionRange, type TechniqueOption } from '../../shared/results/technique-option.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { select } from '../components/select.ts';
import { type Filled, fieldKind, givenOptions } from './given-options.ts';

/** What may be set of a technique, as a form that opens; 'vitrine-options' tells what was filled in. */
export class TechniqueOptions extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      summary {
        cursor: pointer;
        width: max-content;
        max-width: 100%;
      }
      form {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
        gap: 12px 20px;
        padding: 10px 0 4px;
      }
      .field {
        display: flex;
        flex-direction: column;
        gap: 3px;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      .wide {
        grid-column: 1 / -1;
      }
      .name {
        font-weight: 600;
        padding: 0;
      }
      input:not([type='checkbox']) {
        box-sizing: border-box;
        width: 100%;
        padding: 3px 6px;
        font: inherit;
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, var(--line));
        border-radius: 2px;
      }
      input:invalid {
        border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground));
      }
      .select {
        width: 100%;
      }
      .ticks {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        max-height: 120px;
        overflow: auto;
      }
      .ticks label {
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = {
    technique: { attribute: false },
    label: {},
    blocked: {},
    filled: { state: true },
  };
  declare technique: Technique | null;
  /** What the button says that asks for it. */
  declare label: string;
  /** Why nothing can be asked for now; empty where it can. */
  declare blocked: string;
  declare filled: Readonly<Record<string, Filled>>;

  constructor() {
    super();
    this.technique = null;
    this.label = 'Explain';
    this.blocked = '';
    this.filled = {};
  }

  protected override render() {
    const { technique, label, blocked } = this;
    const options = technique?.options.filter((option) => fieldKind(option)) ?? [];
    if (!technique || options.length === 0) return nothing;
    const send = (event: Event) => {
      event.preventDefault();
      const form = this.renderRoot.querySelector('form');
      if (!form?.reportValidity() || blocked !== '') return;
      const detail = givenOptions(options, this.filled);
      this.dispatchEvent(new CustomEvent('vitrine-options', { detail }));
    };
    return html`<details>
      <summary class="quiet">Options</summary>
      <form aria-label="Options of ${technique.title}" @submit=${send}>
        ${options.map((option) => this.#field(option))}
        <div class="wide">
          ${button({ label, title: blocked || `${label} with these options`, secondary: true, disabled: blocked !== '', onClick: () => this.renderRoot.querySelector('form')?.requestSubmit() })}
        </div>
      </form>
    </details>`;
  }

  #fill(name: string, value: Filled): void {
    this.filled = { ...this.filled, [name]: value };
  }

  #field(option: TechniqueOption): TemplateResult {
    const kind = fieldKind(option);
    if (kind === 'ticks') return this.#ticks(option);
    const control = kind === 'choice' ? this.#choice(option) : this.#input(option, kind === 'number');
    return html`<div class="field">
      <span class="name">${option.name}</span>
      ${control}
      <span class="quiet small">${option.description}</span>
    </div>`;
  }

  #choice({ name, enum: names = [], default: usual }: TechniqueOption): TemplateResult {
    const value = String(this.filled[name] ?? usual ?? '');
    const options = names.map((each) => ({ value: each, label: each }));
    return select({
      label: name,
      options: usual === undefined ? [{ value: '', label: 'default' }, ...options] : options,
      value,
      onChange: (chosen) => this.#fill(name, chosen),
    });
  }

  #input(option: TechniqueOption, isNumber: boolean): TemplateResult {
    const { name, minimum, maximum, type } = option;
    return html`<input
      type=${isNumber ? 'number' : 'text'}
      aria-label=${name}
      title=${optionRange(option)}
      min=${minimum ?? nothing}
      max=${maximum ?? nothing}
      step=${isNumber ? (type === 'integer' ? 1 : 'any') : nothing}
      placeholder=${defaultWords(option) || 'default'}
      .value=${String(this.filled[name] ?? '')}
      @input=${(event: Event) => this.#fill(name, (event.target as HTMLInputElement).value)}
    />`;
  }

  #ticks({ name, description, enum: names = [] }: TechniqueOption): TemplateResult {
    const ticked = new Set(this.filled[name] ?? []);
    const tick = (each: string, isOn: boolean) =>
      this.#fill(
        name,
        names.filter((one) => (one === each ? isOn : ticked.has(one))),
      );
    return html`<fieldset class="field wide">
      <legend class="name">${name}</legend>
      <div class="ticks">
        ${names.map(
          (each) => html`<label
            ><input
              type="checkbox"
              .checked=${ticked.has(each)}
              @change=${(event: Event) => tick(each, (event.target as HTMLInputElement).checked)}
            />
            ${each}</label
          >`,
        )}
      </div>
      <span class="quiet small">${description}</span>
    </fieldset>`;
  }
}
define('vitrine-technique-options', TechniqueOptions);
