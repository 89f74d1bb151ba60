import { z } from 'zod';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { ofSlice } from '../../shared/cohort/cohort-of.ts';
import type { Attribute, Fairness, GroupDifference, Mitigation } from '../../shared/results/fairness.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { type SliceCondition, sliceName } from '../../shared/results/slices.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';
import type { JudgedRows } from '../fairness/group-measures.ts';
import { type Grouping, groupsOf, sliceGrouping } from '../fairness/grouping.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { holm } from '../statistics/holm.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { compareGroups } from './fairness/compare-groups.ts';
import { groupConditions } from './fairness/group-conditions.ts';
import { halvesOf, type PartedGroups } from './fairness/halves.ts';
import { mitigationCosts } from './fairness/mitigation-costs.ts';
import { simulateThresholds } from './fairness/simulate-thresholds.ts';
import { Pauses } from './pauses.ts';
import { predictInParts } from './predict-in-parts.ts';
import { sampleRows } from './sample-rows.ts';
import { rowsMeeting } from './slices/condition-rows.ts';
import { slices } from './slices.ts';
import { className, columnNames, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  columns: columnNames(
    "Columns to compare groups by; default: the experiment's sensitive ones, or without these its categories.",
  ),
  slices: z
    .array(
      z
        .array(z.custom<SliceCondition>((given) => typeof given === 'object' && given !== null && 'column' in given))
        .readonly(),
    )
    .readonly()
    .optional()
    .meta({
      description: 'Slices to compare with all other rows; default: the weak ones that are found.',
      shape: 'lists of conditions, as slices gives them',
    }),
  positive: className('The class whose prediction is looked at; default: the last one.'),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Of its probability, above which it is predicted, for two classes.'),
  rowCap: whole(5000, 'At most this many rows are looked at, a seeded sample.'),
  smallest: whole(30, 'Groups of fewer rows are told, but not compared.'),
  resamples: whole(300, 'Resamples behind each interval.'),
  exchanges: whole(999, 'Exchanges of rows between groups behind what chance does.'),
  limit: z.number().min(0).max(1).default(0.05).describe('The difference that thresholds a group are to hold.'),
  refit: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .describe(
      'Whether the model is fitted again on reweighted rows, to see what that changes; auto: where it was fitted on at most 20,000.',
    ),
});
/** A fit of more rows than this may take minutes. */
const mostRefitted = 20_000;
export type FairnessOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Categories, and slices, that are looked at unasked. */
const [mostCategories, mostLevels, mostSlices] = [4, 8, 2];
/** Differences that chance makes at most so often are told as such. */
const level = 0.05;

/**
 * For whom the model errs: how often a class is predicted and how often wrongly, by group (Hardt, Price and Srebro 2016; the differences as
 * fairlearn has them), for regression the errors by group; with intervals, with what chance alone would do, and what thresholds for each
 * group would cost. Throws a RangeError on an option out of range, an unknown column or class, or an empty part.
 */
export const fairness: Explainer<FairnessOptions, Fairness> = {
  kind: 'fairness',
  title: 'For whom it errs',
  question: 'for whom does it fail',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough) {
    const {
      seed,
      settings: { columns, slices: wanted, positive: asked, ...options },
    } = readOptions(settable, given);
    const available = data.evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${data.part} part has no rows to explain`);
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const positive = positiveOf(predictor, asked);
    const sample = takeDataset(data.evaluation, sampleRows(available, options.rowCap, random.fork('rows')));
    const prediction = await predictInParts(counted, sample.features, (share) => progress(0.4 * share));
    const judged = judge(sample, prediction, positive, options.threshold);
    const share = (done: number) => progress(Math.min(0.6, 0.4 + 0.2 * done));
    const conditions = wanted ?? (await weakSlices(counted, data, seed, share, signal, enough));
    const { chosen, absent } = chooseGroupings(sample, data.sensitive ?? [], columns, conditions);
    const attributes: Attribute[] = [];
    const pauses = new Pauses(signal, enough);
    const mitigations = new Map<string, Mitigation>();
    let isCut = false;
    for (const [done, { name, from, grouping, conditions: held }] of chosen.entries()) {
      progress(0.6 + (0.4 * done) / chosen.length);
      const stream = random.fork(name);
      const tested = from !== 'slice';
      const compared = await compareGroups(judged, grouping, { ...options, tested }, stream, pauses);
      const { differences } = compared;
      const groups = compared.groups.map((one) => {
        const conditions = held.get(one.name);
        return conditions ? { ...one, conditions } : one;
      });
      const parted = tested ? partedGroups(judged, grouping, options, predictor, stream) : undefined;
      const simulation = parted && simulateThresholds({ ...parted, threshold: options.threshold });
      attributes.push({ name, from, groups, differences, ...(simulation && { simulation }) });
      if (parted && mayDiffer(differences)) {
        const isSmall = data.train.features.rowCount <= mostRefitted;
        const mayRefit =
          from === 'sensitive' &&
          !compared.isCut &&
          (options.refit === 'always' || (options.refit === 'auto' && isSmall));
        const again = mayRefit ? await data.fitReweighted?.(name, signal, enough) : undefined;
        const predicted =
          again && (await predictInParts(countPredictions(again, signal), sample.features, () => undefined));
        const labels = predicted && judge(sample, predicted, positive, options.threshold);
        mitigations.set(name, mitigationCosts(parted, options.limit, labels, stream.fork('costs')));
      }
      isCut = compared.isCut;
      if (isCut) break;
    }
    progress(1);
    return {
      kind: 'fairness',
      version: 1,
      question: 'for whom does it fail',
      options: {
        ...options,
        ...(columns && { columns }),
        ...(wanted && { slices: wanted }),
      },
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...(isCut && {
        partial: `Ended after ${attributes.length} of ${countWords(chosen.length, 'way to group rows', 'ways to group rows')}; its intervals rest on fewer resamples.`,
      }),
      quality: qualityOf(attributes),
      ...(positive !== undefined && { positive }),
      ...(predictor.task === 'binary' && { threshold: options.threshold }),
      unit: data.evaluation.info.target,
      rows: sample.features.rowCount,
      rowsAvailable: available,
      part: data.part,
      smallest: options.smallest,
      attributes: corrected(attributes).map((one) => withMitigation(one, mitigations.get(one.name))),
      absent,
    };
  },
};

function positiveOf({ classes }: Predictor, asked: string | undefined): string | undefined {
  if (asked === undefined) return classes?.at(-1);
  if (classes?.includes(asked)) return asked;
  throw new RangeError(`no class "${asked}" among ${classes?.join(', ') ?? 'none: a number is predicted'}`);
}

function judge(
  { target }: Dataset,
  prediction: Prediction,
  positive: string | undefined,
  threshold: number,
): JudgedRows {
  if (prediction.kind === 'values' && target.kind === 'values')
    return { kind: 'values', truth: target.values, prediction: prediction.values };
  if (prediction.kind !== 'probabilities' || target.kind !== 'classes')
    throw new RangeError(`a target of ${target.kind} cannot be compared with a prediction of ${prediction.kind}`);
  const { classCount, values } = prediction;
  const k = target.classes.indexOf(positive!);
  const probability = Float64Array.from(target.codes, (_, row) => values[row * classCount + k]);
  const label =
    classCount === 2
      ? Uint8Array.from(probability, (p) => (p > threshold ? 1 : 0))
      : Uint8Array.from(mostProbable(values, classCount), (code) => (code === k ? 1 : 0));
  return { kind: 'labels', truth: Uint8Array.from(target.codes, (code) => (code === k ? 1 : 0)), label, probability };
}

/** Slices with a larger loss than the rest, the worst first. */
async function weakSlices(
  predictor: Predictor,
  data: ExplainData,
  seed: number,
  progress: (share: number) => void,
  signal: AbortSignal,
  enough?: () => boolean,
): Promise<readonly (readonly SliceCondition[])[]> {
  const found = await slices.explain(predictor, data, { seed }, progress, signal, enough);
  return found.slices.slice(0, mostSlices).map(({ conditions }) => conditions);
}

interface Chosen {
  readonly name: string;
  readonly from: Attribute['from'];
  readonly grouping: Grouping;
  /** What holds of the rows of each group, by its name. */
  readonly conditions: ReadonlyMap<string, readonly CohortCondition[]>;
}

function chooseGroupings(
  { features, keys }: Dataset,
  sensitive: readonly string[],
  columns: readonly string[] | undefined,
  conditions: readonly (readonly SliceCondition[])[],
): { chosen: Chosen[]; absent: string[] } {
  const all = [...features.columns, ...keys.columns];
  const named = (name: string) => all.find((column) => column.name === name);
  const unknown = columns?.find((name) => !named(name));
  if (unknown !== undefined)
    throw new RangeError(`no column "${unknown}" among ${all.map(({ name }) => name).join(', ')}`);
  const wanted = columns ?? sensitive;
  const present = wanted.flatMap((name) => named(name) ?? []);
  const from = wanted.length > 0 ? 'sensitive' : 'category';
  const used = wanted.length > 0 ? present : features.columns.filter(isCategory).slice(0, mostCategories);
  return {
    chosen: [
      ...used.map((column): Chosen => {
        const grouping = groupsOf(column);
        const conditions = new Map([...groupConditions(column, grouping)].map(([name, one]) => [name, [one]]));
        return { name: column.name, from, grouping, conditions };
      }),
      ...conditions.map(
        (slice): Chosen => ({
          name: sliceName(slice),
          from: 'slice',
          grouping: sliceGrouping(rowsMeeting(features, slice)),
          conditions: new Map([['in it', ofSlice(slice)]]),
        }),
      ),
    ].filter(({ grouping }) => grouping.names.length > 0 && new Set(grouping.codes).size > 1),
    absent: wanted.filter((name) => !named(name)),
  };
}

const isCategory = (column: Column): boolean =>
  column.kind === 'coded' &&
  (column.type === 'category' || column.type === 'boolean') &&
  column.levels.length <= mostLevels;

/** Of two classes and groups that are large enough to be halved. */
function partedGroups(
  judged: JudgedRows,
  { names, codes }: Grouping,
  { smallest }: Settings,
  { task }: Predictor,
  random: Random,
): PartedGroups | undefined {
  if (judged.kind !== 'labels' || task !== 'binary') return undefined;
  const rows = names.map((_, g) => [...codes.keys()].filter((row) => codes[row] === g));
  const large = [...names.keys()].filter((g) => rows[g].length >= Math.max(2, smallest));
  if (large.length < 2) return undefined;
  const [told, members] = [large.map((g) => names[g]), large.map((g) => rows[g])];
  return { judged, names: told, members, halves: halvesOf(members, told, random.fork('thresholds')) };
}

/** Differences that mitigation is about. */
const mitigated: readonly GroupDifference['name'][] = [
  'demographic parity difference',
  'equal opportunity difference',
  'equalised odds difference',
];
const mayDiffer = (differences: readonly GroupDifference[]): boolean =>
  differences.some(({ name, p }) => mitigated.includes(name) && p !== undefined && p <= level);

function withMitigation(attribute: Attribute, found: Mitigation | undefined): Attribute {
  if (!attribute.simulation) return attribute;
  const differ = attribute.differences.some(({ name, distinguishable }) => mitigated.includes(name) && distinguishable);
  return { ...attribute, mitigation: differ && found ? found : 'nothing' };
}

/** Chances corrected for all the differences that are told. */
function corrected(attributes: readonly Attribute[]): Attribute[] {
  const chances = attributes.flatMap(({ differences }) => differences.flatMap(({ p }) => p ?? []));
  const all = holm(chances).values();
  const correct = (one: GroupDifference): GroupDifference => {
    if (one.p === undefined) return one;
    const p = all.next().value!;
    return { ...one, p, distinguishable: p <= level };
  };
  return attributes.map((attribute) => ({ ...attribute, differences: attribute.differences.map(correct) }));
}

/** How far the intervals of the groups reach, as half their mean width: the smaller a group, the less is known of it. */
function qualityOf(attributes: readonly Attribute[]): Fairness['quality'] {
  const groups = attributes.flatMap((attribute) => attribute.groups).filter(({ small }) => !small);
  const widths = groups.flatMap(({ rates, errors }) => {
    const interval = (rates?.selection ?? errors?.mean)?.interval;
    return interval ? [(interval.high - interval.low) / 2] : [];
  });
  const measure = 'half the mean width of the intervals';
  if (widths.length === 0)
    return { measure, value: null, words: 'No group is large enough to say how far its figures can be trusted.' };
  const value = widths.reduce((a, b) => a + b) / widths.length;
  const what = groups[0].rates ? 'selection rate' : 'mean error';
  return { measure, value, words: `A group's ${what} is known to ± ${numberWords(value, 2)} on average.` };
}
