import { css, html, nothing } from 'lit';
import { type AwesomeResults, awesomeScoreWords, type Suspicion } from '../../shared/results/awesome-results.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { codeWords } from '../components/code-words.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { tryRemedy } from './try-remedy.ts';

/** Where the best model is all but right: what may have made it so, the most likely first, each with the experiment that would tell. */
export class AwesomeResultsView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      article {
        padding: 10px 14px 14px;
        border: 1px solid var(--vscode-contrastBorder, var(--warn));
        border-radius: 4px;
        background: var(--vscode-editorWidget-background);
      }
      h3 {
        display: flex;
        gap: 6px;
        font-size: inherit;
        font-weight: 600;
        text-wrap: balance;
      }
      h3 .icon {
        color: var(--warn);
      }
      article > p {
        margin-top: 4px;
        max-width: 95ch;
      }
      ol {
        margin: 0;
        padding: 0 0 0 20px;
      }
      li {
        margin-top: 10px;
        padding-left: 2px;
        max-width: 95ch;
        text-wrap: pretty;
      }
      .cause {
        font-weight: 600;
      }
      .bar {
        display: block;
        width: 100%;
        height: 3px;
        margin: 3px 0 4px;
      }
      .whole {
        fill: var(--quiet);
        opacity: 0.2;
      }
      .part {
        fill: var(--warn);
      }
      vscode-button {
        display: block;
        margin-top: 6px;
        width: fit-content;
      }
      @media print {
        vscode-button {
          display: none;
        }
      }
    `,
  ];
  static override properties = { result: { attribute: false }, readOnly: { attribute: false } };
  declare result: AwesomeResults | null;
  /** In the report there is nothing to press. */
  declare readOnly: boolean;

  constructor() {
    super();
    this.result = null;
    this.readOnly = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<article aria-labelledby="heading">
      <h3 id="heading">${icon('question')}<span>Awesome results? You probably have an issue: find it!</span></h3>
      <p class="quiet">${awesomeScoreWords(result)}</p>
      ${
        result.suspicions.length > 0
          ? html`<ol>
            ${result.suspicions.map((suspicion) => this.#suspicion(suspicion))}
          </ol>`
          : html`<p>No check found a cause: the task may be as easy as this. Ask how each column is known before the target.</p>`
      }
    </article>`;
  }

  #suspicion({ cause, explains, message, experiment }: Suspicion) {
    const { edit } = experiment;
    const share = percentWords(explains, 0);
    return html`<li>
      <span class="cause">${cause[0].toUpperCase()}${cause.slice(1)}</span>
      <span class="small quiet numbers">could explain ${share}</span>
      <svg class="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="whole" width="1" height="1"></rect>
        <rect class="part" width=${explains} height="1"></rect>
      </svg>
      <p>${message}</p>
      <p><span class="quiet">To test it:</span> ${codeWords(experiment.words)}</p>
      ${
        edit && !this.readOnly
          ? button({
              label: 'Test it in a copy',
              icon: 'beaker',
              secondary: true,
              title: 'Writes a copy of the experiment file with this one change, ready to run.',
              onClick: () => tryRemedy(this, edit),
            })
          : nothing
      }
    </li>`;
  }
}

define('vitrine-awesome-results', AwesomeResultsView);
