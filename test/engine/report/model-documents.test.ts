import assert from 'node:assert/strict';
import { dirname, join } from 'node:path/posix';
import { describe, it } from 'node:test';
import { dataChecks } from '../../../src/engine/checks/registry.ts';
import type { Dossier } from '../../../src/engine/report/markdown/dossier.ts';
import { code, inMarkdown, wordsInMarkdown } from '../../../src/engine/report/markdown/markdown.ts';
import { modelDocuments } from '../../../src/engine/report/markdown/model-documents.ts';
import type { Experiment } from '../../../src/shared/experiment/experiment.ts';
import { explanationKinds } from '../../../src/shared/results/explanation.ts';
import type { ModelDetail, StudySnapshot } from '../../../src/shared/results/study.ts';
import { studyVerdicts } from '../../../src/shared/results/study-verdicts.ts';
import { additiveTrial } from '../../webview/fixtures/additive.ts';
import { dataFindings } from '../../webview/fixtures/data-findings.ts';
import { ensemble } from '../../webview/fixtures/ensembles.ts';
import { explainedTrials } from '../../webview/fixtures/explained-trials.ts';
import { finishedStudy, penguins, regressionStudy } from '../../webview/fixtures/studies.ts';
import { bareTrial, fullTrial, regressionTrial, studyEnergy } from '../../webview/fixtures/trials.ts';

const experiment: Experiment = {
  file: '/home/ada/work/penguins.vitrine.yaml',
  name: 'penguins',
  data: {
    path: 'penguins.csv',
    absolutePath: '/home/ada/work/penguins.csv',
    target: 'Species',
    types: {},
    ignore: ['id'],
    sensitive: ['Sex'],
    group: null,
    time: null,
    test: { kind: 'share', share: 0.2 },
    validation: { kind: 'auto' },
  },
  script: null,
  space: {},
  nas: 'none',
  objectives: [],
  constraints: [],
  mitigation: { reweight: 'never', thresholds: false },
  forbidden: [],
  search: { sampler: 'auto', pruner: 'auto', hypergradients: 'none', seed: 1, workers: 1, backend: 'wasm' },
  budget: {},
  explain: 'auto',
  ensemble: 'auto',
  robustness: 'auto',
  energy: { region: 'World', pue: 1, price: { perKilowattHour: 0.25, currency: 'EUR' } },
} as Experiment;

function dossierOf(detail: ModelDetail, snapshot: StudySnapshot, data = snapshot.data ?? penguins): Dossier {
  const verdicts = studyVerdicts(snapshot, [detail], dataChecks);
  return {
    detail,
    snapshot,
    data,
    experiment,
    about: {},
    energy: studyEnergy,
    verdicts,
    version: '1.2.3',
    madeAt: '2026-11-22T00:00:00.000Z',
  };
}

const everything: ModelDetail = {
  ...fullTrial,
  explanations: [...fullTrial.explanations, ...additiveTrial.explanations, ...Object.values(explainedTrials).flat()],
};
const checked: StudySnapshot = { ...finishedStudy, findings: dataFindings };
const dossiers: Readonly<Record<string, Dossier>> = {
  everything: dossierOf(everything, checked),
  bare: dossierOf(bareTrial, finishedStudy),
  ensemble: dossierOf(ensemble, finishedStudy),
  regression: dossierOf(regressionTrial, regressionStudy),
};
const textOf = (dossier: Dossier, path: string): string => {
  const found = modelDocuments(dossier).find((one) => one.path === path);
  assert.ok(found, `no ${path}`);
  return found.text;
};
const headings = (text: string): readonly string[] => Array.from(text.matchAll(/^## (.+)$/gm), ([, title]) => title);

describe('the pages of a model', () => {
  for (const [name, dossier] of Object.entries(dossiers)) {
    it(`are whole and speak plainly (${name})`, () => {
      const documents = modelDocuments(dossier);
      assert.deepEqual(
        documents.slice(0, 4).map(({ path }) => path),
        ['README.md', 'model-card.md', 'data-sheet.md', 'verdicts.md'],
      );
      for (const { path, text } of documents) {
        assert.doesNotMatch(text, /undefined|NaN|\[object|Infinity|\bnull\b/, path);
        assert.equal(text.includes('/home/'), false, `${path} tells where it was made`);
        for (const [, link] of text.matchAll(/\]\(([^)]+)\)/g))
          assert.ok(
            documents.some((one) => one.path === join(dirname(path), link)),
            `${path} leads to ${link}`,
          );
      }
    });
  }

  it('there is one for each kind of explanation that was made, with its words and limits', () => {
    const made = new Set<string>(everything.explanations.map(({ kind }) => kind));
    for (const kind of explanationKinds.filter((one) => made.has(one))) {
      const text = textOf(dossiers.everything, `explanations/${kind}.md`);
      assert.match(text, /^### Limits of these figures$/m, kind);
      assert.match(text, /How far it can be trusted/, kind);
    }
    assert.ok(made.size >= 20, `${made.size} kinds`);
  });

  it('the model card has the sections of Mitchell et al. in their order', () => {
    assert.deepEqual(headings(textOf(dossiers.bare, 'model-card.md')), [
      'Model details',
      'Intended use',
      'Factors',
      'Metrics',
      'Evaluation data',
      'Training data',
      'Quantitative analyses',
      'Ethical considerations',
      'Caveats and recommendations',
    ]);
  });

  it('the data sheet has the sections of Gebru et al. in their order', () => {
    assert.deepEqual(headings(textOf(dossiers.everything, 'data-sheet.md')), [
      'Motivation',
      'Composition',
      'Collection process',
      'Preprocessing, cleaning and labelling',
      'Uses',
      'Distribution',
      'Maintenance',
    ]);
  });

  it('what was not measured says so, and how to measure it', () => {
    const card = textOf(dossiers.bare, 'model-card.md');
    assert.match(
      card,
      /\*\*Not measured\.\*\* Rates and errors by group\. `vitrine explain \S+ --trial \d+ --kind fairness` measures it\./,
    );
    assert.match(card, /\*\*Not said\.\*\* Who is to use it/);
    assert.match(textOf(dossiers.bare, 'data-sheet.md'), /`vitrine check penguins\.vitrine\.yaml --data` measures it/);
  });

  it('what is told of some rows only stands by itself, and for nothing else', () => {
    const [slices] = explainedTrials.slices;
    const cohort = { conditions: [], words: 'age above 45', rows: 120, of: 400 };
    const detail = {
      ...fullTrial,
      explanations: [{ ...slices, cohort, quality: { ...slices.quality, words: 'Of a cohort.' } }],
    };
    const dossier = dossierOf(detail, checked);
    assert.match(textOf(dossier, 'explanations/slices.md'), /^## Rows where age above 45: 120 of 400 rows$/m);
    assert.equal(textOf(dossier, 'model-card.md').includes('Of a cohort.'), false);
    assert.match(textOf(dossier, 'verdicts.md'), /^\| ⬜ not checked \| No weak slice \|/m);
  });

  it('what the experiment file says stands there, as text', () => {
    const about = { purpose: 'For *keepers*\nof zoos.', data: { collection: 'By hand, <b>2009</b>.' } };
    const told = { ...dossiers.bare, about };
    assert.match(textOf(told, 'model-card.md'), /^For \\\*keepers\\\*\n\nof zoos\.$/m);
    assert.match(textOf(told, 'data-sheet.md'), /^By hand, &lt;b>2009&lt;\/b>\.$/m);
    assert.match(textOf(told, 'model-card.md'), /Say it in the experiment file: `about: not_for`\./);
  });

  it('every verdict has a line', () => {
    const text = textOf(dossiers.everything, 'verdicts.md');
    const rows = text.split('\n').filter((line) => /^\| (✅|🔶|❌|⬜)/u.test(line));
    assert.equal(rows.length, dossiers.everything.verdicts.length);
  });
});

const hostile = [
  '</script><img src=x onerror=alert(1)>',
  '| a | b |',
  '`tick` ``two``',
  'line\nbreak\r\nand\u2028more',
  '# heading',
  '1. list',
  '- dash',
  '[link](https://example.org)',
  '![image](x)',
  '**bold** _em_ ~~no~~ $x$',
  '\u202egnirts',
  'https://example.org www.example.org',
  '<!-- comment',
  '&lt; &amp;',
  '\\',
];

describe('somebody’s text in Markdown', () => {
  it('means nothing there', () => {
    for (const name of hostile) {
      const text = inMarkdown(name);
      assert.doesNotMatch(text, /[\n\r\u2028\u202e]/, name);
      assert.doesNotMatch(text, /(?<!\\)(?:\\\\)*[|`*[\]~$]/, `${name} -> ${text}`);
      assert.doesNotMatch(text, /<[a-z/!]/i, name);
      assert.doesNotMatch(text, /^(#|-|\+|>|\d+[.)])/, name);
      assert.doesNotMatch(text, /https?:\/\/|www\./, name);
    }
    assert.equal(
      inMarkdown('bill_depth_mm 17.2 -> 18.9, p < 0.01 & more'),
      'bill_depth_mm 17.2 -> 18.9, p < 0.01 & more',
    );
  });

  it('may have code in it where it is a sentence of ours', () => {
    assert.equal(wordsInMarkdown('Say `test: 0.3` or *more*.'), 'Say `test: 0.3` or \\*more\\*.');
    assert.equal(wordsInMarkdown('a `b'), 'a \\`b');
    assert.equal(wordsInMarkdown('1. `a|b` <b>'), '1\\. `a\\|b` &lt;b>');
    assert.equal(inMarkdown('32.1 to 52.8'), '32.1 to 52.8');
  });

  it('stays code in code', () => {
    assert.equal(code('a `b` c'), '``a `b` c``');
    assert.equal(code('`x`'), '`` `x` ``');
    assert.equal(code('a | b'), '`a \\| b`');
  });

  for (const name of hostile)
    it(`breaks no table as the name of a column: ${JSON.stringify(name)}`, () => {
      const data = {
        ...penguins,
        target: name,
        path: `${name}.csv`,
        columns: penguins.columns.map((column) => ({ ...column, name })),
      };
      const explanations = fullTrial.explanations.map((one) =>
        one.kind === 'permutation-importance'
          ? { ...one, columns: one.columns.map((column) => ({ ...column, columns: [name] })) }
          : one,
      );
      const snapshot = { ...checked, name, data };
      const documents = modelDocuments(dossierOf({ ...fullTrial, explanations }, snapshot, data));
      for (const { path, text } of documents) {
        assert.doesNotMatch(text, /<(?:img|script|!--)/, path);
        let width = 0;
        for (const line of text.split('\n')) {
          if (!line.startsWith('| ')) {
            width = 0;
            continue;
          }
          const cells = line.split(/(?<!\\)(?:\\\\)*\|/).length;
          assert.ok(width === 0 || cells === width, `${path}: ${line}`);
          width = cells;
        }
      }
    });
});
