import { columnsOfTerm } from '../../../shared/results/additive-terms.ts';
import { editsWords, outcomeWords } from '../../../shared/results/counterfactuals.ts';
import { baselineWords } from '../../../shared/results/decisions.ts';
import type { ColumnEffect } from '../../../shared/results/effects.ts';
import { pointWords } from '../../../shared/results/effects.ts';
import type { Example } from '../../../shared/results/examples.ts';
import type { Explanation, ExplanationKind } from '../../../shared/results/explanation.ts';
import { methodTitles } from '../../../shared/results/explanation-quality.ts';
import { differenceWords, errorTitles, type Measured, rateTitles } from '../../../shared/results/fairness.ts';
import { factorName, varianceShareWords } from '../../../shared/results/functional-anova.ts';
import { heldOutWords, pairName } from '../../../shared/results/interactions.ts';
import { memberName } from '../../../shared/results/members.ts';
import type { NearMiss } from '../../../shared/results/near-misses.ts';
import {
  cellWords,
  intervalWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from '../../../shared/results/numbers.ts';
import type { Interval } from '../../../shared/results/result.ts';
import { sageName } from '../../../shared/results/sage.ts';
import type { ShapTerm } from '../../../shared/results/shap-values.ts';
import { sliceName } from '../../../shared/results/slices.ts';
import { fidelityWords } from '../../../shared/results/surrogate-tree.ts';
import { bar, curve } from './bars.ts';
import { code, inMarkdown, table } from './markdown.ts';

/** A kind's numbers as tables of Markdown; what has none is told in words alone. */
type Tables = { readonly [K in ExplanationKind]?: (result: Extract<Explanation, { kind: K }>) => readonly string[] };

/** Rows of a table at most: the JSON of `vitrine explain` has them all. */
const mostRows = 30;

interface Ranked {
  readonly name: string;
  readonly value: number;
  readonly told: string;
}

/** Names with a number and a bar each, the first rows. */
function ranked(title: string, measure: string, all: readonly Ranked[]): string {
  const shown = all.slice(0, mostRows);
  const largest = Math.max(0, ...shown.map(({ value }) => Math.abs(value)));
  const rows = shown.map(({ name, value, told }) => [inMarkdown(name), told, bar(value, largest)]);
  return withRest(table([title, measure, ''], rows, [1]), all.length);
}

const withRest = (drawn: string, count: number): string =>
  count > mostRows ? `${drawn}\n\n${numberWords(count - mostRows)} more are left out here.` : drawn;

const between = (value: number, interval: Interval): string => `${numberWords(value)} (${intervalWords(interval)})`;

const shapTable = ({
  terms,
  unit,
}: {
  readonly terms: readonly ShapTerm[];
  readonly unit: string;
}): readonly string[] => [
  ranked(
    'column',
    `adds to the ${inMarkdown(unit)}`,
    terms.map(({ columns, value, contribution, error }) => ({
      name: columns.length === 1 ? `${columns[0]} = ${cellWords(value)}` : `${columns.length} further columns`,
      value: contribution,
      told: `${numberWords(contribution)}${error ? ` ± ${numberWords(error, 2)}` : ''}`,
    })),
  ),
];

interface Weight {
  readonly weight: number;
  readonly spread: number;
}
const weightTold = ({ weight, spread }: Weight): string => `${numberWords(weight)} ± ${numberWords(spread, 2)}`;

const spoken = (value: string | number): string =>
  typeof value === 'number' ? numberWords(value, 4) : inMarkdown(value);

/** Rows side by side, their cells in the words of the data. */
function exampleTable(examples: readonly Example[]): string {
  const names = Object.keys(examples[0]?.row ?? {}).slice(0, 8);
  return table(
    ['row', 'truth', 'predicted', ...names.map(inMarkdown)],
    examples
      .slice(0, mostRows)
      .map(({ rowIndex, truth, predicted, row }) => [
        String(rowIndex),
        spoken(truth),
        spoken(predicted),
        ...names.map((name) => inMarkdown(cellWords(row[name] ?? null))),
      ]),
  );
}

const nearTable = (pairs: readonly NearMiss[]): string =>
  table(
    ['rows', 'truth', 'predicted', 'differ most in'],
    pairs
      .slice(0, mostRows)
      .map(({ rows: [a, b], differ }) => [
        `${a.rowIndex}, ${b.rowIndex}`,
        `${spoken(a.truth)}, ${spoken(b.truth)}`,
        `${spoken(a.predicted)}, ${spoken(b.predicted)}`,
        inMarkdown(differ.slice(0, 3).join(', ')),
      ]),
  );

/** Partial dependence as a curve of blocks, an output a line. */
function effectRows({ column, axis, partial }: ColumnEffect, classes: readonly string[] | undefined): string[][] {
  return partial.mean.map((values, output) => [
    inMarkdown(classes ? `${column}, ${classes[output]}` : column),
    values.length === 0
      ? ''
      : inMarkdown(`${pointWords(axis, partial.at[0])} to ${pointWords(axis, partial.at[values.length - 1])}`),
    numberWords(Math.min(...values)),
    numberWords(Math.max(...values)),
    curve(values),
  ]);
}

const share = ({ value, interval }: Measured): string =>
  `${percentWords(value)}${interval ? ` (${percentIntervalWords(interval)})` : ''}`;
const amount = ({ value, interval }: Measured): string =>
  `${numberWords(value)}${interval ? ` (${intervalWords(interval)})` : ''}`;

const tables: Tables = {
  'permutation-importance': ({ columns, metric }) => [
    ranked(
      'column',
      `growth of ${inMarkdown(metric)} when shuffled (95 %)`,
      columns.map(({ columns: names, importance, interval, distinguishable }) => ({
        name: names.join(' + '),
        value: importance,
        told: `${between(importance, interval)}${distinguishable ? '' : ', noise'}`,
      })),
    ),
  ],
  'additive-terms': ({ terms, unit }) => [
    ranked(
      'graph over',
      `mean size in ${inMarkdown(unit)}`,
      terms.map((term) => ({
        name: columnsOfTerm(term).join(' x '),
        value: term.importance,
        told: numberWords(term.importance),
      })),
    ),
  ],
  'surrogate-tree': ({ subtrees }) => [
    table(
      ['leaves', 'depth', 'fidelity on held-out rows'],
      subtrees.map((subtree) => [String(subtree.leaves), String(subtree.depth), inMarkdown(fidelityWords(subtree))]),
      [0, 1],
    ),
  ],
  members: ({ members, loss, metric }) => [
    table(
      ['member', 'weight', `${inMarkdown(metric)} (together ${numberWords(loss)})`],
      members.map((member) => [
        inMarkdown(memberName(member)),
        percentWords(member.share, 0),
        numberWords(member.loss),
      ]),
      [1, 2],
    ),
  ],
  slices: ({ slices, metric }) => [
    table(
      ['where', 'rows', `${inMarkdown(metric)} there (95 %)`, 'elsewhere', 'p'],
      slices.map(({ conditions, rows, loss, interval, restLoss, p }) => [
        inMarkdown(sliceName(conditions)),
        numberWords(rows),
        between(loss, interval),
        numberWords(restLoss),
        numberWords(p, 2),
      ]),
      [1, 2, 3, 4],
    ),
  ],
  fairness: ({ attributes }) =>
    attributes.flatMap(({ name, groups, differences }) => [
      `### By ${inMarkdown(name)}`,
      table(
        [
          'group',
          'rows',
          ...(groups[0]?.rates ? Object.values(rateTitles) : groups[0]?.errors ? Object.values(errorTitles) : []),
        ],
        groups
          .slice(0, mostRows)
          .map((group) => [
            `${inMarkdown(group.name)}${group.small ? ' (small)' : ''}`,
            numberWords(group.rows),
            ...(group.rates ? Object.values(group.rates).map(share) : []),
            ...(group.errors ? Object.values(group.errors).map(amount) : []),
          ]),
        [1],
      ),
      differences.map((one) => `- ${inMarkdown(differenceWords(one))}`).join('\n'),
    ]),
  decisions: ({ baselines, classes, confusion, calibration, residuals }) => [
    baselines.map((one) => `- ${inMarkdown(baselineWords(one))}`).join('\n'),
    confusion && classes
      ? table(
          ['truth \\ decided', ...classes.map(inMarkdown)],
          confusion
            .slice(0, mostRows)
            .map((row, i) => [inMarkdown(classes[i]), ...row.map((count) => numberWords(count))]),
          classes.map((_, i) => i + 1),
        )
      : '',
    calibration
      ? table(
          ['said', 'came true (95 %)', 'rows', ''],
          calibration.map(({ probability, frequency, interval, rows }) => [
            percentWords(probability),
            `${percentWords(frequency)} (${percentIntervalWords(interval)})`,
            numberWords(rows),
            bar(frequency, 1),
          ]),
          [0, 1, 2],
        )
      : '',
    residuals
      ? table(
          ['prediction', 'rows', 'mean residual (95 %)'],
          residuals.byPrediction.map(({ words, rows, mean, interval }) => [
            inMarkdown(words),
            numberWords(rows),
            between(mean, interval),
          ]),
          [1, 2],
        )
      : '',
  ],
  'shap-summary': ({ columns, unit }) => [
    ranked(
      'column',
      `mean size in ${inMarkdown(unit)} (95 %)`,
      columns.map(({ column, importance, interval }) => ({
        name: column,
        value: importance,
        told: between(importance, interval),
      })),
    ),
  ],
  sage: ({ columns, loss }) => [
    ranked(
      'column',
      `takes off the ${loss} (95 %)`,
      columns.map((one) => ({ name: sageName(one), value: one.value, told: between(one.value, one.interval) })),
    ),
  ],
  effects: ({ columns, classes }) => [
    table(
      ['column', 'along', 'least', 'most', 'mean prediction'],
      columns.slice(0, mostRows).flatMap((effect) => effectRows(effect, classes)),
      [2, 3],
    ),
  ],
  interactions: ({ pairs }) => [
    table(
      ['columns', 'H (95 %)', 'on held-out rows'],
      pairs
        .slice(0, mostRows)
        .map((pair) => [inMarkdown(pairName(pair)), between(pair.h, pair.interval), inMarkdown(heldOutWords(pair))]),
      [1],
    ),
  ],
  'functional-anova': ({ columns }) => [
    table(
      ['column', 'alone (95 %)', 'with all it takes part in', ''],
      columns
        .slice(0, mostRows)
        .map((one) => [
          inMarkdown(factorName(one)),
          varianceShareWords(one.main),
          varianceShareWords(one.total),
          bar(one.total.share, 1),
        ]),
      [1, 2],
    ),
  ],
  prototypes: ({ prototypes, criticisms }) => [
    `### Typical rows\n\n${exampleTable(prototypes)}`,
    criticisms.length > 0 ? `### Rows that they do not stand for\n\n${exampleTable(criticisms)}` : '',
  ],
  'trust-score': ({ bands }) => [
    table(
      ['trust', 'rows', 'wrong (95 %)', ''],
      bands.map(({ low, high, rows, wrong, interval }) => [
        intervalWords({ low, high }),
        numberWords(rows),
        `${percentWords(wrong)} (${percentIntervalWords(interval)})`,
        bar(wrong, 1),
      ]),
      [1, 2],
    ),
  ],
  'near-misses': ({ predictedApart, trulyApart }) => [
    predictedApart.length > 0 ? `### Predicted differently\n\n${nearTable(predictedApart)}` : '',
    trulyApart.length > 0 ? `### Turned out differently\n\n${nearTable(trulyApart)}` : '',
  ],
  'tree-shap': shapTable,
  'kernel-shap': shapTable,
  contrast: shapTable,
  'integrated-gradients': ({ terms, unit }) => [
    ranked(
      'column',
      `adds to the ${inMarkdown(unit)}`,
      terms.map(({ column, value, contribution }) => ({
        name: `${column} = ${cellWords(value)}`,
        value: contribution,
        told: numberWords(contribution),
      })),
    ),
  ],
  'local-surrogate': ({ terms }) => [
    ranked(
      'being so',
      'moves the prediction by',
      terms.map((term) => ({ name: term.condition, value: term.weight, told: weightTold(term) })),
    ),
  ],
  'text-surrogate': ({ terms }) => [
    ranked(
      'word',
      'moves the prediction by',
      terms.map((term) => ({ name: term.word, value: term.weight, told: weightTold(term) })),
    ),
  ],
  'explanation-quality': ({ methods }) => [
    table(
      ['method', 'strongest columns', 'faithfulness', 'deletion', 'insertion'],
      methods.map(({ method, strongest, faithfulness, deletion, insertion }) => [
        methodTitles[method],
        inMarkdown(strongest.slice(0, 5).join(', ')),
        ...[faithfulness, deletion, insertion].map((judged) =>
          judged ? `${numberWords(judged.value, 2)} (random ${numberWords(judged.random, 2)})` : 'not judged',
        ),
      ]),
    ),
  ],
  anchors: ({ steps }) => [
    table(
      ['rule so far', 'precision (95 %)', 'covers', ''],
      steps.map(({ condition, precision, interval, coverage }) => [
        inMarkdown(condition ?? 'nothing known'),
        `${percentWords(precision)} (${percentIntervalWords(interval)})`,
        percentWords(coverage),
        bar(precision, 1),
      ]),
      [1, 2],
    ),
  ],
  counterfactuals: ({ found }) => [
    table(
      ['change', 'then it predicts', 'like the data'],
      found.map((one) => [
        inMarkdown(editsWords(one.edits)),
        inMarkdown(outcomeWords(one)),
        one.plausible ? 'yes' : 'no',
      ]),
    ),
  ],
  examples: ({ nearest }) => [exampleTable(nearest)],
};

/** The numbers of an explanation as blocks of Markdown. */
export function explanationTables(result: Explanation): readonly string[] {
  const own = tables[result.kind] as ((result: Explanation) => readonly string[]) | undefined;
  return own?.(result) ?? [];
}

/** What it was made with, as `--set` takes it; nothing where all was left as it is. */
export const optionsCode = ({ options }: Explanation): string =>
  Object.keys(options).length > 0 ? code(JSON.stringify(options)) : 'none';
