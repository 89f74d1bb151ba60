import { css, html, nothing } from 'lit';
import {
  beatsChance,
  type ExplanationQuality,
  explanationQualityWords,
  type Judged,
  type MethodQuality,
  methodTitles,
  qualityBasisWords,
} from '../../shared/results/explanation-quality.ts';
import { countWords, listWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

type Figure = Exclude<keyof MethodQuality, 'method' | 'strongest'>;

const figures: readonly { readonly name: Figure; readonly title: string; readonly hint: string }[] = [
  {
    name: 'faithfulness',
    title: 'Faithfulness',
    hint: 'Correlation of what columns are said to add with what the prediction loses without them: 1 is best.',
  },
  {
    name: 'deletion',
    title: 'Deletion',
    hint: 'Mean prediction while columns are taken away, those first that are said to add most: low is good.',
  },
  {
    name: 'insertion',
    title: 'Insertion',
    hint: 'Mean prediction while columns are given, those first that are said to add most: high is good.',
  },
  {
    name: 'sensitivity',
    title: 'Largest change nearby',
    hint: 'How much the explanation changes at most for rows nearby, as a share of its size: low is good.',
  },
  {
    name: 'stability',
    title: 'The same with another seed',
    hint: 'Share of its strongest columns that another seed names too: 1 is best.',
  },
];

/** How good the explanations of one row are: each figure of each technique beside that of random explanations. */
export class ExplanationQualityView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr));
        gap: 16px 28px;
        align-items: start;
      }
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
      .hint {
        margin: 0 0 4px;
      }
      .agreement {
        margin-top: 16px;
      }
      .basis {
        margin-top: 12px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: ExplanationQuality | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Can the reasons be trusted"
      question="Row ${result.rowIndex}: how well each technique explains its ${result.unit}, beside random explanations."
      .words=${explanationQualityWords(result)}
      .table=${qualityTable(result)}
    >
      ${result.partial ? html`<p class="small">${result.partial}</p>` : nothing}
      ${result.quality.value === null ? nothingToJudge : this.#figures(result)} ${this.#agreements(result)}
      <p class="small quiet basis">${qualityBasisWords(result)} ${nearbyWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }

  #figures({ methods }: ExplanationQuality) {
    return html`<div class="figures">
      ${figures.map(({ name, title, hint }) => {
        const known = methods.filter((method) => method[name] != null);
        return known.length === 0
          ? nothing
          : html`<section>
              <h4>${title}</h4>
              <p class="small quiet hint">${hint}</p>
              <vitrine-interval-bars label=${title} .bars=${barsOf(known, name)}></vitrine-interval-bars>
            </section>`;
      })}
    </div>`;
  }

  #agreements(result: ExplanationQuality) {
    if (result.agreements.length === 0) return nothing;
    return html`<section class="agreement">
      <h4>Agreement</h4>
      <p class="small quiet hint">Of the ${countWords(result.top, 'strongest column')} of each.</p>
      <vitrine-table .content=${agreementTable(result)}></vitrine-table>
    </section>`;
  }
}

const nothingToJudge = html`<vitrine-empty-state
  picture="info"
  heading="Nothing to judge"
  words="The prediction of this row does not change with its columns."
></vitrine-empty-state>`;

const nearbyWords = ({ nearby, methods }: ExplanationQuality): string =>
  methods.some(({ sensitivity }) => sensitivity != null) ? `Changes are over ${countWords(nearby, 'row')} nearby.` : '';

/** The techniques, then what random explanations have on average. */
function barsOf(methods: readonly MethodQuality[], name: Figure): Bar[] {
  const all = methods.map((method) => ({ method, own: method[name] as Judged }));
  const random = all.reduce((sum, { own }) => sum + own.random, 0) / all.length;
  return [
    ...all.map(({ method, own }): Bar => {
      const isClear = beatsChance(own);
      return {
        label: methodTitles[method.method],
        value: own.value,
        words: numberWords(own.value, 2),
        look: isClear ? 'solid' : 'hollow',
        note: isClear ? undefined : `${percentWords(own.asGood, 0)} of random ones are as good`,
      };
    }),
    { label: 'Random explanations', value: random, words: numberWords(random, 2), look: 'hollow' },
  ];
}

function qualityTable({ methods }: ExplanationQuality): TableContent {
  const cells = (judged: Judged | null | undefined): TableCell[] =>
    judged
      ? [numberWords(judged.value), numberWords(judged.random), percentWords(judged.asGood)]
      : [judged === null ? 'nothing varies' : 'not measured', '', ''];
  return {
    caption: 'How good the explanations of the row are',
    columns: [
      { title: 'Technique' },
      { title: 'Figure' },
      { title: 'Value', numeric: true },
      { title: 'Random', numeric: true, hint: 'Mean of random explanations' },
      { title: 'As good', numeric: true, hint: 'Share of random explanations that are at least as good' },
      { title: 'Strongest columns' },
    ],
    rows: methods.flatMap((method) =>
      figures.map(({ name, title }, i) => [
        methodTitles[method.method],
        title,
        ...cells(method[name]),
        i === 0 ? listWords(method.strongest) : '',
      ]),
    ),
  };
}

const agreementTable = ({ agreements }: ExplanationQuality): TableContent => ({
  caption: 'Agreement between techniques',
  columns: [
    { title: 'Techniques' },
    { title: 'Same columns and signs', numeric: true },
    { title: 'Random', numeric: true },
    { title: 'Same places', numeric: true },
    { title: 'Random', numeric: true },
  ],
  rows: agreements.map(({ methods: [a, b], signs, places }) => [
    `${methodTitles[a]}, ${methodTitles[b]}`,
    percentWords(signs.value, 0),
    percentWords(signs.random, 0),
    percentWords(places.value, 0),
    percentWords(places.random, 0),
  ]),
});
define('vitrine-explanation-quality', ExplanationQualityView);
