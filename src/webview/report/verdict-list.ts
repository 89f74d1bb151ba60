import { css, html, nothing } from 'lit';
import {
  aboutWords,
  figureWords,
  type Verdict,
  type VerdictOutcome,
  verdictGroups,
  verdictTally,
} from '../../shared/results/verdict.ts';
import { baseStyles } from '../components/base-styles.ts';
import { codeWords } from '../components/code-words.ts';
import { define, VitrineElement } from '../components/element.ts';
import { type IconName, icon } from '../components/icon.ts';

const icons: Readonly<Record<VerdictOutcome, IconName>> = {
  passed: 'pass',
  'to look at': 'warning',
  failed: 'error',
  'not checked': 'circleSlash',
};
const classes: Readonly<Record<VerdictOutcome, string>> = {
  passed: 'passed',
  'to look at': 'look',
  failed: 'failed',
  'not checked': 'unchecked',
};

/** A line for every check: what it came to, its figure beside its bound, why, and the command that shows more. */
export class VerdictList extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h3 {
        font-size: inherit;
        font-weight: 600;
        margin: 16px 0 4px;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: grid;
        grid-template-columns: 20px minmax(0, 1fr);
        gap: 0 6px;
        padding: 5px 0;
        border-top: 1px solid var(--line);
        break-inside: avoid;
      }
      li p {
        grid-column: 2;
        max-width: 90ch;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .title {
        font-weight: 600;
      }
      code {
        overflow-wrap: anywhere;
      }
      .passed .icon {
        color: var(--vscode-testing-iconPassed, var(--vscode-charts-green));
      }
      .look .icon {
        color: var(--warn);
      }
      .failed .icon {
        color: var(--vscode-errorForeground);
      }
      .unchecked .icon {
        color: var(--quiet);
      }
      summary {
        cursor: pointer;
        padding: 6px 0;
        color: var(--vscode-textLink-foreground);
      }
    `,
  ];
  static override properties = { verdicts: { attribute: false } };
  declare verdicts: readonly Verdict[];

  constructor() {
    super();
    this.verdicts = [];
  }

  protected override render() {
    if (this.verdicts.length === 0) return html`<p class="quiet">Nothing was checked.</p>`;
    return html`<p>${verdictTally(this.verdicts)}.</p>
      ${verdictGroups(this.verdicts).map((group) => this.#group(group))}`;
  }

  #group({ about, verdicts }: { readonly about: Verdict['about']; readonly verdicts: readonly Verdict[] }) {
    const made = verdicts.filter(({ outcome }) => outcome !== 'not checked');
    const unmade = verdicts.filter(({ outcome }) => outcome === 'not checked');
    const words = aboutWords(about);
    return html`<section aria-label=${words}>
      <h3>${words.slice(0, 1).toUpperCase()}${words.slice(1)}</h3>
      <ul>
        ${made.map(line)}
      </ul>
      ${
        unmade.length > 0
          ? html`<details>
              <summary>${unmade.length} not checked</summary>
              <ul>
                ${unmade.map(line)}
              </ul>
            </details>`
          : nothing
      }
    </section>`;
  }
}

const line = ({ outcome, title, words, figure, where }: Verdict) => html`<li class=${classes[outcome]}>
  ${icon(icons[outcome], outcome)}
  <p><span class="title">${title}</span> <span class="quiet">${outcome}${figure ? html`: ${figureWords(figure)}` : nothing}</span></p>
  ${words ? html`<p>${codeWords(words)}</p>` : nothing}
  ${outcome === 'passed' ? nothing : html`<p class="small quiet"><code>${where}</code></p>`}
</li>`;
define('vitrine-verdicts', VerdictList);
