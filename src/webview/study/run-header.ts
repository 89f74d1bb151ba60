import { css, html, nothing } from 'lit';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import '../components/meter.ts';
import { countsWords, isUnderWay, runStates } from './run-words.ts';

const limitTitles = { time: 'Time', trials: 'Trials', energy: 'Energy', co2: 'CO2e', cost: 'Cost' } as const;

/** State of the run in words, its buttons, and how far each limit of the budget is used up. */
export class RunHeader extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .state {
        display: flex;
        align-items: center;
        gap: 6px;
        font-weight: 600;
        flex: 1;
      }
      .good .icon {
        color: var(--good);
      }
      .bad .icon {
        color: var(--vscode-errorForeground);
      }
      .warn .icon {
        color: var(--warn);
      }
      .busy .icon {
        color: var(--vscode-charts-blue);
        animation: turn 2s linear infinite;
      }
      @keyframes turn {
        to {
          transform: rotate(360deg);
        }
      }
      .message {
        margin-top: 4px;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .meters {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
        gap: 8px 16px;
        margin-top: 10px;
      }
      @media print {
        vscode-button {
          display: none;
        }
      }
    `,
  ];
  static override properties = {
    snapshot: { attribute: false },
    trusted: { attribute: false },
    readOnly: { attribute: false },
    stopping: { attribute: false },
  };
  declare snapshot: StudySnapshot | null;
  declare trusted: boolean;
  /** In the report there is nothing to press. */
  declare readOnly: boolean;
  declare stopping: boolean;

  constructor() {
    super();
    this.snapshot = null;
    this.trusted = true;
    this.readOnly = false;
    this.stopping = false;
  }

  protected override render() {
    const { snapshot } = this;
    if (!snapshot) return nothing;
    const state = runStates[snapshot.run];
    const counts = countsWords(snapshot);
    return html`<div class="row">
        <div class="state ${state.tone}">${icon(state.icon)}<span aria-live="polite">${state.words}</span></div>
        ${this.readOnly || snapshot.run === 'imported' ? nothing : this.#buttons(snapshot)}
      </div>
      ${saysMore(snapshot.message, state.words) ? html`<p class="message quiet" aria-live="polite">${snapshot.message}</p>` : nothing}
      ${counts ? html`<p class="small quiet numbers">${counts}</p>` : nothing}
      ${
        snapshot.budget.length > 0
          ? html`<div class="meters">
            ${snapshot.budget.map(
              (meter) => html`<vitrine-meter
                label=${limitTitles[meter.limit]}
                words=${meter.words}
                .used=${meter.used}
                .allowed=${meter.allowed}
              ></vitrine-meter>`,
            )}
          </div>`
          : nothing
      }`;
  }

  #buttons({ run }: StudySnapshot) {
    const send = (name: 'run' | 'stop') => () => this.dispatchEvent(new CustomEvent(`vitrine-${name}`));
    if (isUnderWay(run)) {
      const ending = this.stopping || run === 'finishing';
      return button({
        label: ending ? 'Stopping' : 'Stop',
        icon: 'debugStop',
        secondary: true,
        disabled: ending,
        title: 'Ends the running trials; finished ones stay, the best is refitted and analysed.',
        onClick: send('stop'),
      });
    }
    return button({
      label: run === 'none' ? 'Run' : run === 'failed' ? 'Try again' : 'Continue',
      icon: 'play',
      disabled: !this.trusted,
      title: this.trusted ? 'Starts the search, or goes on with it.' : 'Training waits until the folder is trusted.',
      onClick: send('run'),
    });
  }
}
/** 'Searching.' under 'Searching' says nothing more. */
const saysMore = (message: string, state: string): boolean => message.replace(/[.…]+$/, '') !== state;
define('vitrine-run-header', RunHeader);
