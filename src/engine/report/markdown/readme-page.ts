import { usualOf } from '../../../shared/results/cohort-results.ts';
import type { Explanation, ExplanationKind } from '../../../shared/results/explanation.ts';
import { numberWords, percentWords } from '../../../shared/results/numbers.ts';
import { robustnessWords } from '../../../shared/results/robustness.ts';
import { sageName } from '../../../shared/results/sage.ts';
import { slicesWords } from '../../../shared/results/slices.ts';
import { isEnsemble } from '../../../shared/results/study.ts';
import { verdictTally } from '../../../shared/results/verdict.ts';
import { bar } from './bars.ts';
import { asked, type Dossier, fileName, modelFacts, modelName, roleWords, scoresOf, testRows } from './dossier.ts';
import { blocks, code, inMarkdown, list, paragraphs, table } from './markdown.ts';
import { verdictTable } from './verdicts-page.ts';

/** The model in short: what it is for, how good it is, what it uses, how it fails, and what is not known. */
export function readmePage(
  dossier: Dossier,
  pages: readonly { readonly path: string; readonly title: string }[],
): string {
  const { detail, snapshot, verdicts } = dossier;
  const open = verdicts.filter(({ outcome }) => outcome === 'failed' || outcome === 'to look at');
  return blocks(
    `# ${inMarkdown(snapshot.name)}: ${inMarkdown(modelName(detail))}`,
    inMarkdown(`${sentence(taskWords(dossier))} This is ${roleWords(dossier)}.`),
    shortTable(dossier),
    '## How good it is',
    scoreTable(dossier),
    scoreLimits(dossier),
    '## What it uses most',
    usedMost(detail.explanations),
    '## How it fails',
    failures(dossier),
    '## Checks',
    `${inMarkdown(verdictTally(verdicts))}: [all of them](verdicts.md).${open.length > 0 ? ' These ask for something:' : ''}`,
    verdictTable(open.slice(0, 12)),
    '## Limits',
    list(limits(dossier)),
    '## Using it',
    list([
      `Predict: ${code(`vitrine predict ${fileName(dossier)} NEW.csv --trial ${asked(dossier)} -o OUT.csv`)}`,
      `Export: ${code(`vitrine export ${fileName(dossier)} --trial ${asked(dossier)} -o model.onnx`)}`,
    ]),
    '## Pages',
    list(pages.map(({ path, title }) => `[${inMarkdown(title)}](${path})`)),
    footer(dossier),
  );
}

export function taskWords({ data }: Dossier): string {
  const features = data.columns.filter(({ role }) => role === 'feature').length;
  const aim = data.task === 'regression' ? 'a number' : `one of ${data.classes?.length ?? 2} classes`;
  return `it predicts ${data.target}, ${aim}, from ${numberWords(features)} columns.`;
}

const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

function shortTable(dossier: Dossier): string {
  const { data, detail, experiment } = dossier;
  const facts = modelFacts(detail);
  return table(
    ['', ''],
    [
      ['Task', data.task],
      [
        'Target',
        data.classes
          ? `${inMarkdown(data.target)}: ${data.classes.slice(0, 10).map(inMarkdown).join(', ')}${data.classes.length > 10 ? ', …' : ''}`
          : inMarkdown(data.target),
      ],
      ['Data', `${inMarkdown(data.path)}, ${numberWords(data.rowCount)} rows, hash ${code(data.hash)}`],
      ['Model', facts ? inMarkdown(facts.words) : inMarkdown(modelName(detail))],
      [
        'Size',
        facts ? `${numberWords(facts.bytes)} bytes, ${numberWords(facts.parameters)} fitted numbers` : 'not measured',
      ],
      [
        'Sensitive columns',
        experiment.data && experiment.data.sensitive.length > 0
          ? experiment.data.sensitive.map(inMarkdown).join(', ')
          : 'none is named in the experiment file',
      ],
    ],
  );
}

export function scoreTable(dossier: Dossier): string {
  const scores = scoresOf(dossier);
  const folds = scores.some((score) => score.folds !== '');
  const test = scores.some((score) => score.test !== '');
  return table(
    ['metric', 'validation', ...(folds ? ['from fold to fold'] : []), ...(test ? ['test part (95 %)'] : [])],
    scores.map((score) => [
      inMarkdown(score.title),
      score.validation,
      ...(folds ? [score.folds] : []),
      ...(test ? [score.test || 'not scored'] : []),
    ]),
    [1, 2, 3],
  );
}

export function scoreLimits(dossier: Dossier): string {
  const rows = testRows(dossier);
  const scored = scoresOf(dossier).some(({ test }) => test !== '');
  const validation = isEnsemble(dossier.detail)
    ? 'Validation scores are of rows that the members were not fitted on; an ensemble’s are a little flattered, since its weights were chosen there.'
    : 'Validation scores are means over folds, on rows that the models were not fitted on; the best of many trials is a little flattered.';
  const test = scored
    ? `The test part${rows > 0 ? ` of ${numberWords(rows)} rows` : ''} was scored once, after everything was chosen. Only a share of right rows has an exact interval here; of the other scores none was measured.`
    : 'It was not scored on a test part.';
  return `${validation} ${test}`;
}

interface Used {
  readonly name: string;
  readonly value: number;
}

/** By what was made, the best estimate first; all of them measure on rows that the model was not fitted on. */
const importances: readonly {
  readonly kind: ExplanationKind;
  readonly measure: string;
  used(all: readonly Explanation[]): readonly Used[] | undefined;
}[] = [
  {
    kind: 'permutation-importance',
    measure: 'growth of the loss when the column is shuffled',
    used: (all) =>
      usualOf(all, 'permutation-importance')
        ?.columns.filter(({ distinguishable }) => distinguishable)
        .map(({ columns, importance }) => ({ name: columns.join(' + '), value: importance })),
  },
  {
    kind: 'sage',
    measure: 'what knowing the column takes off the loss',
    used: (all) =>
      usualOf(all, 'sage')
        ?.columns.filter(({ distinguishable }) => distinguishable)
        .map((one) => ({ name: sageName(one), value: one.value })),
  },
  {
    kind: 'shap-summary',
    measure: 'mean size of the Shapley value',
    used: (all) =>
      usualOf(all, 'shap-summary')?.columns.map(({ column, importance }) => ({ name: column, value: importance })),
  },
];

function usedMost(all: readonly Explanation[]): string {
  for (const { kind, measure, used } of importances) {
    const found = used(all)?.slice(0, 6);
    if (!found) continue;
    if (found.length === 0) return `No column can be told from noise ([${kind}](explanations/${kind}.md)).`;
    const rows = found.map(({ name, value }) => [inMarkdown(name), numberWords(value), bar(value, found[0].value)]);
    return blocks(table(['column', measure, ''], rows, [1]), `[More, with intervals](explanations/${kind}.md).`);
  }
  return 'Not measured: no explanation of its columns was made.';
}

function failures({ detail, snapshot }: Dossier): string {
  const slices = usualOf(detail.explanations, 'slices');
  return blocks(
    slices ? paragraphs(slicesWords(slices)) : 'Weak slices: not measured.',
    detail.robustness
      ? paragraphs(robustnessWords(detail.robustness))
      : 'Small edits that flip its predictions: it was not attacked.',
    snapshot.awesome ? 'Its score is near perfect, which is rarely honest: see the verdict on it.' : undefined,
  );
}

/** What a reader must not take from these pages. */
export const limits = ({ data, verdicts }: Dossier): readonly string[] => [
  `It knows nothing of rows of another kind than the ${numberWords(data.rowCount)} rows of ${inMarkdown(data.path)}.`,
  'What it uses is not what causes the target: explanations are of the model, not of the world.',
  'Robust accuracy is an upper bound found by attacks, not a guarantee.',
  `${percentWords(verdicts.filter(({ outcome }) => outcome === 'not checked').length / Math.max(1, verdicts.length), 0)} of the checks were not made.`,
];

export const footer = ({ version, madeAt }: Dossier): string =>
  `---\n\nWritten by Vitrine ${version} on ${madeAt.slice(0, 10)} from what was measured; what was not says so.`;
