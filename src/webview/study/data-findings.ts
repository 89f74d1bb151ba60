import { css, html, nothing, type TemplateResult } from 'lit';
import {
  chanceWords,
  type DataFinding,
  type DataFindings,
  rowsWords,
  type Severity,
  severities,
  tallyWords,
} from '../../shared/results/data-findings.ts';
import { countWords, intervalWords, numberWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import { codeWords } from '../components/code-words.ts';
import { define, VitrineElement } from '../components/element.ts';
import { type IconName, icon } from '../components/icon.ts';

const marks: Readonly<Record<Severity, { readonly icon: IconName; readonly label: string }>> = {
  error: { icon: 'error', label: 'Error' },
  warning: { icon: 'warning', label: 'Warning' },
  note: { icon: 'info', label: 'Note' },
};

/** What is wrong with the data, the worst first, each with its number and what to do; then what was not looked at. */
export class DataFindingsView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h3 {
        font-size: inherit;
        font-weight: 600;
      }
      ul {
        margin-top: 6px;
      }
      li {
        display: grid;
        grid-template-columns: 16px minmax(0, 1fr);
        gap: 2px 6px;
        margin-top: 8px;
        max-width: 95ch;
        text-wrap: pretty;
      }
      li > * {
        grid-column: 2;
      }
      li > .icon {
        grid-column: 1;
      }
      .error > .icon {
        color: var(--vscode-errorForeground);
      }
      .warning > .icon {
        color: var(--warn);
      }
      .note > .icon {
        color: var(--vscode-charts-blue);
      }
      details {
        margin-top: 10px;
      }
      summary {
        cursor: pointer;
        color: var(--quiet);
      }
      details p {
        margin-top: 4px;
        max-width: 95ch;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: DataFindings | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { findings, done } = result;
    const serious = findings.filter(({ severity }) => severity !== 'note');
    const notes = findings.filter(({ severity }) => severity === 'note');
    const tally = findings.length > 0 ? tallyWords(findings) : 'nothing was found';
    return html`<h3>What the data checks found</h3>
      <p class="small quiet">${countWords(done.length, 'check')}: ${tally}.</p>
      ${serious.length > 0 ? list(serious) : nothing}
      ${notes.length > 0 ? html`<details><summary>${countWords(notes.length, 'note')}</summary>${list(notes)}</details>` : nothing}
      ${notLooked(result)}`;
  }
}

const list = (findings: readonly DataFinding[]): TemplateResult =>
  html`<ul>
    ${severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity).map(line))}
  </ul>`;

function line(finding: DataFinding): TemplateResult {
  const { severity, message, rows, remedies } = finding;
  return html`<li class=${severity}>
    ${icon(marks[severity].icon, marks[severity].label)}
    <span>${message}</span>
    <span class="small quiet numbers">${evidenceWords(finding)}${rows ? ` ${rowsWords(rows)}` : ''}</span>
    ${remedies.map(({ words }) => html`<span>${codeWords(words)}</span>`)}
  </li>`;
}

/** 'Share missing: 0.62, told from 0.5; p < 0.0001.' */
function evidenceWords({ columns, evidence: { measure, value, threshold, interval, p } }: DataFinding): string {
  const range = interval ? ` (${intervalWords(interval)})` : '';
  const chance = p === undefined ? '' : `; ${chanceWords(p)}`;
  const number = `${measure[0].toUpperCase()}${measure.slice(1)}: ${numberWords(value)}${range}, held to ${numberWords(threshold)}${chance}.`;
  return columns.length > 1 ? `Columns: ${columns.join(', ')}. ${number}` : number;
}

/** What was not made, or looked at a part of the rows alone. */
function notLooked({ skipped, done, partial }: DataFindings): TemplateResult | typeof nothing {
  const reasons = [...new Set(skipped.map(({ why }) => why))];
  const left = reasons.map((why) => {
    const titles = skipped.filter((one) => one.why === why).map(({ title }) => title);
    return `${titles.join('; ')}: ${why}`;
  });
  const sampled = done.flatMap((check) => (check.sampled ? [`${check.title}: ${check.sampled}`] : []));
  const lines = [...left, ...sampled, ...(partial ? [partial] : [])];
  if (lines.length === 0) return nothing;
  const heading = skipped.length > 0 ? `Not checked: ${numberWords(skipped.length)}` : 'Looked at a sample';
  return html`<details>
    <summary>${heading}</summary>
    ${lines.map((words) => html`<p class="small">${words}</p>`)}
  </details>`;
}

define('vitrine-data-findings', DataFindingsView);
