import { z } from 'zod';
import { untold } from '../../shared/results/model-reading.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { Interval } from '../../shared/results/result.ts';
import { fidelityWords, type Subtree, type SurrogateTree } from '../../shared/results/surrogate-tree.ts';
import { type Column, type Table, takeRows } from '../data/table.ts';
import { type ImitatedTree, imitate } from '../imitation/imitated-tree.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';
import type { TreeReading } from '../models/readable.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer, ExplainOptions } from './explainer.ts';
import { spreadOver } from './part-rows.ts';
import { leavesOf } from './reading/reading-predictions.ts';
import { toldTree } from './reading/told-tree.ts';
import { sampleRows } from './sample-rows.ts';
import { explainedShare, rowDistances, shareInterval } from './surrogate-tree/fidelity.ts';
import { type KnownPredictions, knownPredictions } from './surrogate-tree/known-predictions.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  leaves: whole(32, 'Leaves of the largest tree.'),
  depth: whole(8, 'Questions that a row answers at most.'),
  rowCap: whole(10_000, 'Training rows that it is grown on, a seeded sample, fewer of very many columns or classes.'),
  heldOutCap: whole(2000, 'Held-out rows on which it is compared with the model, a seeded sample.'),
  trustedR2: z.number().max(1).default(0.75).describe('Below this held-out R2 a tree is not to be read.'),
  bootstraps: whole(200, 'Bootstrap samples behind each interval.'),
});
export type SurrogateTreeOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Cells of the rows it is grown on, each counted for each class. */
const mostCells = 4e6;
const fewestRows = 500;
/** A smaller tree will do where it has so much of the best one's R2. */
const nearlyBest = 0.95;
/** Rows of the part of which it is told where the tree leads them. */
const mostTold = 5000;

/**
 * A global surrogate (Craven and Shavlik 1996; Molnar 2019, chapter 8.6): one tree that predicts what the model predicts, probabilities and
 * all, pruned by minimal cost-complexity to every size; each subtree with the share of the model's variation that it explains on rows that
 * neither it nor the model was fitted on. Throws a RangeError on an option out of range or an empty part.
 */
export const surrogateTree: Explainer<ExplainOptions & SurrogateTreeOptions, SurrogateTree> = {
  kind: 'surrogate-tree',
  title: 'A tree in place of the model',
  question: 'how does the model decide',
  scope: 'model',
  byDefault: false,
  inPart: (result, rows) => ({
    ...result,
    tree: { ...result.tree, endOfRow: spreadOver(result.tree.endOfRow, rows, untold) },
  }),
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, settings: options } = readOptions(settable, given);
    check(data);
    const { train, evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const width = predictor.classes?.length ?? 1;
    const rows = shuffledRows(train.features, trainingRows(train.features, width, options.rowCap), random.fork('rows'));
    const held = shuffledRows(evaluation.features, options.heldOutCap, random.fork('held out'));
    const known = await knownPredictions(counted, rows, held, enough, (share) => progress(0.6 * share));
    const grown = await imitate(known.rows, known.ofRows, growing(options, known.rows.rowCount), signal);
    progress(0.8);
    const judged = judge(grown, known, options, random.fork('bootstrap'));
    const chosen = smallestNearlyBest(judged);
    const classes = known.ofHeld.kind === 'probabilities' ? winners(known.ofHeld) : undefined;
    progress(1);
    return {
      kind: 'surrogate-tree',
      version: 1,
      question: 'how does the model decide',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(known.rows.rowCount < rows.rowCount && {
        partial: `Ended after the predictions of ${countWords(known.rows.rowCount, 'row')} of ${numberWords(rows.rowCount)} were known.`,
      }),
      quality: qualityOf(judged[chosen], options.trustedR2),
      ...(predictor.classes && { classes: predictor.classes }),
      target: evaluation.info.target,
      tree: toldTree(grown.tree, firstRows(evaluation.features), columnsOf(train.features), Number.POSITIVE_INFINITY),
      splitFrom: grown.splitFrom,
      subtrees: judged,
      chosen,
      trustedR2: options.trustedR2,
      ...(classes && { commonest: commonestShare(classes, width) }),
      rows: known.rows.rowCount,
      rowsAvailable: train.features.rowCount,
      heldOutRows: known.held.rowCount,
      heldOutAvailable: evaluation.features.rowCount,
      part,
    };
  },
};

function check({ train, evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to compare the tree on`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows to grow a tree on');
}

/** Of several classes each row counts for each of them. */
const trainingRows = ({ columns }: Table, width: number, cap: number): number =>
  Math.min(cap, Math.max(fewestRows, Math.floor(mostCells / (columns.length * (width > 2 ? width : 1)))));

/** A sample in random order, so that any number of its first rows is one too. */
function shuffledRows(table: Table, cap: number, random: Random): Table {
  const picked = sampleRows(table.rowCount, cap, random);
  return takeRows(
    table,
    random.permutation(picked.length).map((i) => picked[i]),
  );
}

const growing = ({ leaves, depth }: Settings, rows: number) => ({
  leaves,
  depth,
  leafRows: Math.max(5, Math.round(rows / 500)),
});

const firstRows = (table: Table): Table => takeRows(table, [...Array(Math.min(mostTold, table.rowCount)).keys()]);

/** How faithful each subtree is to the model on the held-out rows. */
function judge(
  { tree, splitFrom, sizes }: ImitatedTree,
  { held, ofHeld }: KnownPredictions,
  { bootstraps }: Settings,
  random: Random,
): Subtree[] {
  const ends = leavesOf(tree, held);
  const { values } = ofHeld;
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const modelClasses = ofHeld.kind === 'probabilities' ? winners(ofHeld) : undefined;
  return sizes.map((leaves): Subtree => {
    const { endOf, depth } = cutOff(tree, splitFrom, leaves);
    const imitated = Float64Array.from(Array.from(ends, (end) => tree.nodes[endOf[end]].prediction).flat());
    const distances = rowDistances(values, imitated, tree.nodes[0].prediction);
    const r2 = explainedShare(distances, size);
    const interval: Interval | null =
      r2 === null ? null : shareInterval(distances, bootstraps, random.fork(`${leaves} leaves`));
    if (!modelClasses) return { leaves, depth, r2, interval };
    const own = winners({ ...ofHeld, values: imitated });
    return {
      leaves,
      depth,
      r2,
      interval,
      agreement: mean(Array.from(own, (k, row) => (k === modelClasses[row] ? 1 : 0))),
    };
  });
}

const winners = (prediction: Prediction): Int32Array =>
  Int32Array.from(mostProbable(prediction.values, prediction.kind === 'probabilities' ? prediction.classCount : 1));

function commonestShare(classes: Int32Array, width: number): number {
  const counts = new Float64Array(width);
  for (const k of classes) counts[k]++;
  return Math.max(...counts) / classes.length;
}

/** [nodes] the leaf of a subtree that each node lies in, and how many questions the subtree asks at most. */
function cutOff({ nodes }: TreeReading, splitFrom: readonly number[], leaves: number) {
  const endOf = nodes.map((_, node) => node);
  const depths = nodes.map(() => 0);
  nodes.forEach(({ split }, node) => {
    if (!split) return;
    for (const child of [split.left, split.right])
      if (splitFrom[node] <= leaves) depths[child] = depths[node] + 1;
      else endOf[child] = endOf[node];
  });
  return { endOf, depth: depths.reduce((a, b) => Math.max(a, b), 0) };
}

function smallestNearlyBest(subtrees: readonly Subtree[]): number {
  const best = subtrees.reduce((most, { r2 }) => Math.max(most, r2 ?? 0), 0);
  return best > 0 ? subtrees.findIndex(({ r2 }) => r2 !== null && r2 >= nearlyBest * best) : 0;
}

/** Columns of dates, and those that lack nothing. */
function columnsOf({ columns }: Table) {
  const named = (those: readonly Column[]) => new Set(those.map(({ name }) => name));
  const isComplete = (column: Column) =>
    column.kind === 'coded' ? column.codes.every((code) => code >= 0) : !column.values.some(Number.isNaN);
  return { dates: named(columns.filter(({ type }) => type === 'date')), complete: named(columns.filter(isComplete)) };
}

function qualityOf(subtree: Subtree, trusted: number): SurrogateTree['quality'] {
  const measure = 'held-out R2';
  if (subtree.r2 === null)
    return {
      measure,
      value: null,
      words: 'The predictions do not vary, so there is nothing that a tree could imitate.',
    };
  const verdict =
    subtree.r2 >= trusted
      ? 'closely enough to be read in its place'
      : `too poorly to be read in its place, for which at least ${numberWords(trusted, 2)} is asked`;
  return {
    measure,
    value: subtree.r2,
    words: `On rows it did not see, the tree of ${countWords(subtree.leaves, 'leaf', 'leaves')} follows the model with ${fidelityWords(subtree)}: ${verdict}.`,
  };
}
