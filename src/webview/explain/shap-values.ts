import { html, nothing, type TemplateResult } from 'lit';
import { cellWords, changeWords, countWords, numberWords } from '../../shared/results/numbers.ts';
import { otherColumnsWords, type ShapTerm, type ShapValues } from '../../shared/results/shap-values.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { link } from '../components/button.ts';
import type { TableContent } from '../components/table-content.ts';

const shortLength = 12;

/** From the base to what is explained: what each column adds, those that add nothing left out. */
export function shapBars({ terms }: ShapValues<string>, isWhole: boolean, toggle: () => void): TemplateResult {
  const telling = terms.filter(({ contribution }) => contribution !== 0);
  const shown = isWhole ? telling : telling.slice(0, shortLength);
  const rest = telling.slice(shown.length);
  const still = terms.length - telling.length;
  const bars = [...shown.map(bar), ...(rest.length > 0 ? [restBar(rest)] : [])];
  return html`<vitrine-interval-bars label="What each column adds" .bars=${bars}></vitrine-interval-bars>
    ${
      telling.length > shortLength
        ? html`<p class="small">${link(isWhole ? `Show the first ${shortLength}` : `Show ${telling.length - shortLength} more`, toggle)}</p>`
        : nothing
    }
    ${still > 0 ? html`<p class="small quiet">${countWords(still, 'column')} ${still === 1 ? 'adds' : 'add'} nothing here.</p>` : nothing}`;
}

function bar({ columns, value, contribution, error }: ShapTerm): Bar {
  const isClear = error === null || Math.abs(contribution) > error;
  return {
    label: columns.length === 1 ? `${columns[0]} = ${cellWords(value)}` : otherColumnsWords(columns.length),
    value: contribution,
    ...(error !== null && error > 0 && { interval: { low: contribution - error, high: contribution + error } }),
    words: changeWords(contribution),
    look: isClear ? 'solid' : 'hollow',
    note: isClear ? undefined : 'may be nothing',
  };
}

function restBar(terms: readonly ShapTerm[]): Bar {
  const value = terms.reduce((sum, { contribution }) => sum + contribution, 0);
  return { label: `${countWords(terms.length, 'smaller one')} together`, value, words: changeWords(value) };
}

/** Where it begins and ends. */
export const shapFigures = ({ base, explained, unit }: ShapValues<string>): TemplateResult => html`<dl>
  ${[
    ['Before any column is known', numberWords(base)],
    [`This row's ${unit}`, numberWords(explained)],
  ].map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

export function shapTable({ terms, base, explained, unit }: ShapValues<string>): TableContent {
  const hasErrors = terms.some(({ error }) => error !== 0);
  const errorOf = ({ error }: ShapTerm) => (hasErrors ? [numberWords(error)] : []);
  const blank = hasErrors ? [''] : [];
  return {
    caption: `What each column adds to the ${unit}`,
    columns: [
      { title: 'Column' },
      { title: 'Value' },
      { title: 'Adds', numeric: true },
      ...(hasErrors ? [{ title: '±', numeric: true, hint: 'Half the 95 % interval' }] : []),
    ],
    rows: [
      ['(base)', '', numberWords(base), ...blank],
      ...terms.map((term) => [
        term.columns.length === 1 ? term.columns[0] : otherColumnsWords(term.columns.length),
        term.columns.length === 1 ? cellWords(term.value) : '',
        changeWords(term.contribution),
        ...errorOf(term),
      ]),
      ['(sum)', '', numberWords(explained), ...blank],
    ],
  };
}
