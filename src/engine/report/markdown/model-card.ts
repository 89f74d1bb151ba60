import { metricInfo } from '../../../shared/metrics.ts';
import { usualOf } from '../../../shared/results/cohort-results.ts';
import { decisionsWords } from '../../../shared/results/decisions.ts';
import { energyReportWords } from '../../../shared/results/energy.ts';

import { fairnessWords } from '../../../shared/results/fairness.ts';
import { numberWords, valueWords } from '../../../shared/results/numbers.ts';
import { robustnessWords } from '../../../shared/results/robustness.ts';
import { slicesWords } from '../../../shared/results/slices.ts';
import { isEnsemble } from '../../../shared/results/study.ts';
import {
  asked,
  type Dossier,
  fileName,
  finalsOf,
  modelFacts,
  modelName,
  roleWords,
  testRows,
  verdictsAbout,
} from './dossier.ts';
import { blocks, code, inMarkdown, list, paragraphs, table, wordsInMarkdown } from './markdown.ts';
import { footer, limits, scoreLimits, scoreTable, taskWords } from './readme-page.ts';

/** What only a person can know, in their own words; or where to say it. @param key of the experiment file */
export const said = (words: string | undefined, key: string, what: string): string =>
  words === undefined ? `**Not said.** ${what} Say it in the experiment file: ${code(key)}.` : paragraphs(words);

/** As `said`, on one line. */
const saidShortly = (words: string | undefined, key: string, what: string): string =>
  said(words?.replaceAll('\n', ' '), key, what);

export const notMeasured = (what: string, command: string): string =>
  `**Not measured.** ${what} ${code(command)} measures it.`;

/** A model card by the sections of Mitchell et al. (2019), from what was measured or said in the experiment file. */
export function modelCard(dossier: Dossier): string {
  return blocks(
    `# Model card: ${inMarkdown(dossier.snapshot.name)}`,
    'By the sections of Mitchell et al., Model Cards for Model Reporting (2019). ([all pages](README.md))',
    '## Model details',
    list(details(dossier)),
    configuration(dossier),
    '## Intended use',
    inMarkdown(sentence(taskWords(dossier))),
    said(dossier.about.purpose, 'about: purpose', 'Who is to use it, and for what decisions.'),
    '### Out of scope',
    said(dossier.about.not_for, 'about: not_for', 'For what it must not be used.'),
    '## Factors',
    factors(dossier),
    '## Metrics',
    metricsSection(dossier),
    '## Evaluation data',
    evaluationData(dossier),
    '## Training data',
    trainingData(dossier),
    '## Quantitative analyses',
    analyses(dossier),
    '## Ethical considerations',
    ethics(dossier),
    '## Caveats and recommendations',
    list([...limits(dossier), ...recommendations(dossier)]),
    footer(dossier),
  );
}

const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

function details(dossier: Dossier): readonly string[] {
  const { detail, version, madeAt, experiment, energy, about } = dossier;
  const facts = modelFacts(detail);
  const reading = facts?.reading;
  return [
    `What it is: ${inMarkdown(modelName(detail))}, ${inMarkdown(roleWords(dossier))}.`,
    facts
      ? `${sentence(inMarkdown(facts.words))}; ${numberWords(facts.parameters)} fitted numbers, ${numberWords(facts.bytes)} bytes.`
      : 'Its size was not measured.',
    reading
      ? `To follow it whole a person reads ${numberWords(reading.count)} ${reading.unit}.`
      : 'It is not a model that a person can read whole.',
    `Made by Vitrine ${version}, from ${code(fileName(dossier))}, seed ${experiment.search.seed}; this card is of ${madeAt.slice(0, 10)}.`,
    energy.total
      ? `Making it, and all that was tried for it: ${paragraphs(energyReportWords(energy.total)).split('\n\n')[0]}`
      : 'What making it cost was not measured.',
    `Owner: ${saidShortly(about.owner, 'about: owner', 'Who made it, and whom to ask.')}`,
    `Licence: ${saidShortly(about.license, 'about: license', 'How it may be used.')}`,
  ];
}

function configuration({ detail }: Dossier): string {
  if (isEnsemble(detail))
    return table(
      ['member', 'trial', 'weight'],
      detail.members.map(({ learner, trial, weight }) => [inMarkdown(learner), String(trial), numberWords(weight, 2)]),
      [1, 2],
    );
  return table(
    ['hyperparameter', 'value'],
    Object.entries(detail.trial.params).map(([name, value]) => [code(name), inMarkdown(valueWords(value))]),
  );
}

function factors(dossier: Dossier): string {
  const { experiment, detail, about } = dossier;
  const sensitive = experiment.data?.sensitive ?? [];
  const fairness = usualOf(detail.explanations, 'fairness');
  return blocks(
    sensitive.length > 0
      ? `Columns that the experiment file names as sensitive: ${sensitive.map(inMarkdown).join(', ')}.`
      : 'No column is named under `data: sensitive:` of the experiment file, so groups are its categories alone.',
    said(about.groups, 'about: groups', 'Which groups of people or things it may treat differently.'),
    fairness
      ? `Groups were compared by ${fairness.attributes.map(({ name }) => inMarkdown(name)).join(', ') || 'no column'}: see the quantitative analyses.`
      : undefined,
  );
}

function metricsSection(dossier: Dossier): string {
  const { objectives } = dossier.detail;
  const [decision] = finalsOf(dossier).flatMap((one) => one.decision ?? []);
  return blocks(
    list(
      objectives.map(
        ({ metric, direction }) =>
          `**${inMarkdown(metricInfo(metric).title)}** (to ${direction}): ${inMarkdown(metricInfo(metric).words)}`,
      ),
    ),
    decision?.kept && decision.threshold
      ? `Decision threshold: ${inMarkdown(decision.threshold.label)} from a probability of ${numberWords(decision.threshold.from)} on.`
      : decision
        ? 'Rows are given the most probable class; deciding otherwise gained nothing.'
        : undefined,
    scoreTable(dossier),
    scoreLimits(dossier),
  );
}

function evaluationData(dossier: Dossier): string {
  const { experiment, data } = dossier;
  const rows = testRows(dossier);
  const test = experiment.data?.test;
  const kept =
    test?.kind === 'file'
      ? 'The test part is a file of its own.'
      : test?.kind === 'share'
        ? `A share of ${numberWords(test.share)} of the rows was kept for the final score and never shown to the search${rows > 0 ? `: ${numberWords(rows)} rows` : ''}.`
        : 'No rows were kept for a final score: every figure here is of rows that the search chose by.';
  return blocks(
    `${kept} It is of the same source as the training data, ${inMarkdown(data.path)}${test?.kind === 'file' ? ' being what is learnt from' : ''}. See the [data sheet](data-sheet.md).`,
  );
}

function trainingData(dossier: Dossier): string {
  const { data, snapshot } = dossier;
  const development = snapshot.findings?.rows.development;
  return `${development ? `${numberWords(development)} rows of ` : ''}${inMarkdown(data.path)}, hash ${code(data.hash)}; columns, gaps and classes are in the [data sheet](data-sheet.md).`;
}

/** Unitary results first, then where factors meet. */
function analyses(dossier: Dossier): string {
  const { detail } = dossier;
  const command = (kind: string) => `vitrine explain ${fileName(dossier)} --trial ${asked(dossier)} --kind ${kind}`;
  const decisions = usualOf(detail.explanations, 'decisions');
  const fairness = usualOf(detail.explanations, 'fairness');
  const slices = usualOf(detail.explanations, 'slices');
  return blocks(
    '### Unitary results',
    decisions
      ? paragraphs(decisionsWords(decisions))
      : notMeasured('Calibration, thresholds, and whether a constant would do.', command('decisions')),
    fairness ? paragraphs(fairnessWords(fairness)) : notMeasured('Rates and errors by group.', command('fairness')),
    '### Intersectional results',
    slices
      ? paragraphs(slicesWords(slices))
      : notMeasured('Where several conditions meet and it fails.', command('slices')),
    '### Robustness',
    detail.robustness
      ? paragraphs(robustnessWords(detail.robustness))
      : notMeasured(
          'Small edits that flip its predictions.',
          `vitrine attack ${fileName(dossier)} --trial ${asked(dossier)}`,
        ),
  );
}

function ethics(dossier: Dossier): string {
  const sensitive = dossier.experiment.data?.sensitive ?? [];
  const names = new Set(dossier.data.columns.filter(({ role }) => role === 'feature').map(({ name }) => name));
  const used = sensitive.filter((name) => names.has(name));
  return blocks(
    sensitive.length > 0
      ? `It ${used.length > 0 ? `is shown sensitive columns: ${used.map(inMarkdown).join(', ')}` : 'is not shown the sensitive columns'}; other columns may stand in for them.`
      : undefined,
    said(
      dossier.about.harm,
      'about: harm',
      'Whether the rows are about people, what harm a wrong prediction does and to whom, and whether they agreed.',
    ),
  );
}

const recommendations = (dossier: Dossier): readonly string[] =>
  [...verdictsAbout(dossier, 'data'), ...dossier.verdicts.filter(({ about }) => about !== 'data')]
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ title, words }) => `${inMarkdown(title)}: ${wordsInMarkdown(words)}`);
