import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Candidate } from '../../shared/candidate.ts';
import { cellWords, countWords, listWords, numberWords } from '../../shared/results/numbers.ts';
import {
  asTheyAreWords,
  type Pipeline,
  type PipelineStep,
  type SideOfStep,
  type StepsReport,
  stepChangeWords,
  stepSizeWords,
  stepsWords,
  stepTitle,
  traceWords,
} from '../../shared/results/steps.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import { busyBar } from '../components/progress.ts';
import type { TableContent } from '../components/table-content.ts';
import { textField } from '../components/text-field.ts';
import type { Host } from '../page/host.ts';
import { LatestAnswer } from '../page/latest-answer.ts';

/** Columns that a step says of how they were made. */
const told = 6;

/** The data after each step of the pipeline, one under the other; a row can be followed through them. */
export class DataSteps extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .top {
        margin-bottom: 8px;
      }
      .field {
        width: 90px;
      }
      h4 {
        margin: 18px 0 6px;
        font-size: inherit;
      }
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
        border-left: 2px solid var(--line);
      }
      ol > li {
        position: relative;
        padding: 0 0 18px 18px;
      }
      ol > li::before {
        content: '';
        position: absolute;
        left: -6px;
        top: 5px;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--vscode-charts-blue);
      }
      ol > li.end::before {
        background: var(--quiet);
      }
      h5 {
        margin: 0;
        font-size: inherit;
        font-weight: 600;
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
        gap: 8px 16px;
        margin-top: 6px;
      }
      .trace {
        margin-top: 6px;
        padding: 4px 10px;
        border-left: 2px solid var(--vscode-charts-orange, #d18616);
        background: var(--vscode-editorWidget-background);
      }
      .made {
        margin-top: 4px;
        padding-left: 14px;
        list-style: disc;
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    file: {},
    candidate: { attribute: false },
    blocked: {},
    rowText: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  declare candidate: Candidate | null;
  /** Why nothing can be asked for now; empty where it can. */
  declare blocked: string;
  declare rowText: string;
  readonly #report = new LatestAnswer<StepsReport>(this);

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.candidate = null;
    this.blocked = '';
    this.rowText = '0';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('candidate') || changed.has('file')) this.#report.forget();
    if (
      this.blocked === '' &&
      !this.#report.value &&
      (changed.has('candidate') || changed.has('file') || changed.has('blocked'))
    )
      this.#ask();
  }

  #ask(): void {
    const { host, file, candidate } = this;
    const row = this.rowText.trim() === '' ? undefined : Number(this.rowText);
    if (!host || candidate === null || (row !== undefined && !(Number.isInteger(row) && row >= 0))) return;
    void this.#report.ask(() => host.request('trial.steps', { file, trial: candidate, row }, { silenceSeconds: 60 }));
  }

  protected override render() {
    const { value, fault } = this.#report;
    if (!value && this.blocked !== '')
      return html`<vitrine-empty-state picture="table" heading="The data after each step" words=${this.blocked}></vitrine-empty-state>`;
    const wrong = fault
      ? html`<vitrine-empty-state picture="warning" tone="warning" heading="The steps cannot be shown" words=${fault.message} advice=${fault.advice ?? ''}></vitrine-empty-state>`
      : nothing;
    if (!value) return fault ? wrong : busyBar('Loading the model');
    const { rows, pipelines } = value;
    const follow = (text: string) => {
      this.rowText = text;
      this.#ask();
    };
    return html`<vitrine-figure
      heading="The data after each step"
      question="What becomes of the columns on their way to the model, over ${rows.looked < rows.available ? `${numberWords(rows.looked)} of ` : ''}${countWords(rows.available, 'row')} of the validation part, from which no step was learnt."
      .words=${stepsWords(value)}
    >
      <div class="top row">
        <span class="quiet">Follow row</span>
        ${textField({ label: 'Row to follow', value: this.rowText, placeholder: 'none', onInput: follow, onEnter: () => undefined })}
        <span class="small quiet">of the validation part</span>
      </div>
      ${wrong} ${pipelines.map((pipeline) => pipelineView(value, pipeline))}
    </vitrine-figure>`;
  }
}

const pipelineView = (report: StepsReport, pipeline: Pipeline): TemplateResult => html`
  ${pipeline.trial === undefined ? nothing : html`<h4>Trial ${pipeline.trial} (${pipeline.learner})</h4>`}
  <ol>
    <li class="end"><h5>${countWords(pipeline.columns, 'column')} as they are in the data</h5></li>
    ${pipeline.steps.map((step) => html`<li>${stepView(report, step)}</li>`)}
    ${asTheyAreWords(pipeline) === '' ? nothing : html`<li class="end"><p>${asTheyAreWords(pipeline)}</p></li>`}
  </ol>
`;

function stepView({ rows, shown, rowIndex }: StepsReport, step: PipelineStep): TemplateResult {
  const { before, after, added, changed, removed } = step;
  const made = [
    ...changed.columns.flatMap(({ column, words }) => (words === undefined ? [] : [`${column}: ${words}`])),
    ...added.columns.flatMap(({ name, words }) => (words === undefined ? [] : [`${name}: ${words}`])),
  ];
  const gone = removed.columns.map(({ name }) => name);
  return html`<h5>${stepTitle(step.name)}</h5>
    <p class="small quiet">${stepSizeWords(step)}; ${stepChangeWords(step, rows.looked)}.</p>
    ${gone.length > 0 ? html`<p class="small">Gone: ${listWords([...gone.slice(0, told), ...(removed.count > told ? [`${removed.count - told} more`] : [])])}.</p>` : nothing}
    ${
      made.length > 0
        ? html`<ul class="small made">
            ${made.slice(0, told).map((words) => html`<li>${words}</li>`)}
            ${changed.count + added.count > told && made.length > told ? html`<li class="quiet">and ${countWords(made.length - told, 'more column')}</li>` : nothing}
          </ul>`
        : nothing
    }
    ${rowIndex === null ? nothing : html`<p class="trace small">Row ${rowIndex}: ${traceWords(step)}.</p>`}
    <div class="sides">
      <vitrine-table .content=${sideTable('Before', step.name, before, after, shown)}></vitrine-table>
      <vitrine-table .content=${sideTable('After', step.name, after, before, shown)}></vitrine-table>
    </div>`;
}

/** Cells that are not on the other side, or differ from it, are marked. */
function sideTable(
  title: string,
  step: string,
  side: SideOfStep,
  other: SideOfStep,
  rows: readonly number[],
): TableContent {
  const rest = side.columns - side.shown.length;
  return {
    caption: `${title}: ${stepTitle(step)}`,
    columns: [
      { title },
      ...side.shown.map((name) => ({ title: name })),
      ...(rest > 0 ? [{ title: `+ ${numberWords(rest)}`, hint: 'Further columns that are not shown' }] : []),
    ],
    rows: side.cells.map((cells, i) => [
      { text: `row ${rows[i]}`, mark: 'quiet' as const },
      ...cells.map((cell, c) => {
        const at = other.shown.indexOf(side.shown[c]);
        const isSame = at >= 0 && other.cells[i][at] === cell;
        return isSame ? cellText(cell) : { text: cellText(cell), mark: 'differs' as const };
      }),
      ...(rest > 0 ? [''] : []),
    ]),
  };
}

const cellText = (cell: number | string | null): string =>
  typeof cell === 'number' ? numberWords(cell, 4) : cellWords(cell);
define('vitrine-data-steps', DataSteps);
