import { baselineWords, type Decisions } from './decisions.ts';
import type { Explanation, ExplanationKind } from './explanation.ts';
import { beatsChance, mostFaithful, verdictWords } from './explanation-quality.ts';
import { type Attribute, differenceWords, type Fairness } from './fairness.ts';
import { tellsRows } from './near-misses.ts';
import { listWords, numberWords, percentWords } from './numbers.ts';
import { sliceName } from './slices.ts';
import { fidelityWords, isFaithful } from './surrogate-tree.ts';
import { ranksErrors } from './trust-score.ts';
import type { Verdict, VerdictFigure, VerdictOutcome } from './verdict.ts';

/** What a figure of an explanation that has a threshold comes to. */
export interface Judgement extends Pick<Verdict, 'outcome' | 'words' | 'figure'> {
  /** Told apart by this where a kind is judged more than once: 'fairness by sex'. */
  readonly of?: string;
}

/** A kind of explanation that can be judged. */
export interface Judge<K extends ExplanationKind = ExplanationKind> {
  readonly title: string;
  judge(result: Extract<Explanation, { kind: K }>): readonly Judgement[];
}

type Bound = VerdictFigure['bound']['is'];

const figure = (
  measure: string,
  value: number | null,
  is: Bound,
  bound: number,
  interval?: VerdictFigure['interval'] | null,
): Pick<Judgement, 'figure'> =>
  value === null || !Number.isFinite(value)
    ? {}
    : { figure: { measure, value, bound: { is, value: bound }, ...(interval && { interval }) } };

const passedOr = (passes: boolean, otherwise: VerdictOutcome): VerdictOutcome => (passes ? 'passed' : otherwise);

/** A local surrogate below this held-out R2 is not to be read (reference; each result has the bound it was made with). */
const usualR2 = 0.5;

interface Surrogate {
  readonly heldOutR2: number | null;
  readonly trustworthy: boolean;
  readonly rowIndex: number;
  readonly options: Readonly<Record<string, unknown>>;
}

const surrogate = (title: string) => ({
  title,
  judge: ({ heldOutR2, trustworthy, rowIndex, options }: Surrogate): readonly Judgement[] => [
    heldOutR2 === null
      ? {
          outcome: 'not checked',
          words: `The prediction of row ${rowIndex} does not vary around it: there is nothing to imitate.`,
        }
      : {
          outcome: passedOr(trustworthy, 'to look at'),
          words: trustworthy
            ? `The surrogate of row ${rowIndex} follows the model on samples that it was not fitted on.`
            : `Do not read the surrogate of row ${rowIndex} as the reason: it does not follow the model.`,
          ...figure('held-out R2', heldOutR2, 'at least', Number(options.trustedR2 ?? usualR2)),
        },
  ],
});

/** Deepchecks and the four-fifths rule of the U.S. Uniform Guidelines (1978) call less of the largest selection rate unequal. */
const fourFifths = 0.8;

function fairnessVerdict({ name, differences }: Attribute): Judgement {
  const apart = differences.filter(({ distinguishable, value }) => distinguishable === true && value !== null);
  const ratio = differences.find((one) => one.name === 'demographic parity ratio');
  const known = differences.filter(({ value }) => value !== null);
  if (known.length === 0)
    return { of: name, outcome: 'not checked', words: 'Too few groups are large enough to be compared.' };
  const low = ratio?.value != null && ratio.value < fourFifths;
  const unequal = low && ratio.interval != null && ratio.interval.high < fourFifths;
  const perhaps =
    low && !unequal ? ' The least selection rate is below four fifths of the largest, though chance may be why.' : '';
  return {
    of: name,
    outcome: unequal ? 'failed' : passedOr(apart.length === 0 && !low, 'to look at'),
    words: `${
      apart.length === 0
        ? 'No difference between groups can be told from chance.'
        : `Groups differ by more than chance: ${listWords(apart.map(differenceWords))}.`
    }${perhaps}`,
    ...(ratio ? figure(ratio.name, ratio.value, 'at least', fourFifths, ratio.interval) : {}),
  };
}

const fairnessVerdicts = ({ attributes }: Fairness): readonly Judgement[] =>
  attributes.length > 0
    ? attributes.map(fairnessVerdict)
    : [
        {
          outcome: 'not checked',
          words: 'There is no group to compare: name columns in `data: sensitive:` of the experiment file.',
        },
      ];

/** As many of 95 % intervals miss by chance, and twice as many still can. */
const missedByChance = 0.05;

function calibrationVerdict({ calibration }: Decisions): Judgement[] {
  if (!calibration || calibration.length === 0) return [];
  const missed = calibration.filter(
    ({ probability, interval }) => probability < interval.low || probability > interval.high,
  ).length;
  const share = missed / calibration.length;
  const allowed = Math.max(1, 2 * missedByChance * calibration.length) / calibration.length;
  return [
    {
      of: 'calibration',
      outcome: passedOr(share <= allowed, 'to look at'),
      words: `In ${missed} of ${calibration.length} bins probabilities lie outside the 95 % interval of how often they came true.`,
      ...figure('share of bins outside', share, 'at most', allowed),
    },
  ];
}

const baselineVerdicts = ({ baselines }: Decisions): Judgement[] =>
  baselines.map((baseline) => ({
    of: baseline.name === 'constant' ? 'against a constant' : 'against a small tree',
    outcome: passedOr(baseline.beaten, baseline.name === 'constant' ? 'failed' : 'to look at'),
    words: `Beside ${baselineWords(baseline)}.`,
    ...figure('lower end of the loss saved', baseline.saved.interval.low, 'at least', 0, baseline.saved.interval),
  }));

/** What of each kind has a threshold; a kind that is not here has none. */
export const judges: { readonly [K in ExplanationKind]?: Judge<K> } = {
  'permutation-importance': {
    title: 'Columns matter beyond noise',
    judge({ columns }) {
      const telling = columns.filter(({ distinguishable }) => distinguishable).length;
      return [
        {
          outcome: passedOr(telling > 0, 'to look at'),
          words:
            telling > 0
              ? `${telling} of ${columns.length} columns can be told from noise.`
              : 'No column can be told from noise: the model may have learnt nothing.',
          ...figure('columns told from noise', telling, 'at least', 1),
        },
      ];
    },
  },
  slices: {
    title: 'No weak slice',
    judge: ({ slices, tested, examined }) => [
      examined === 0
        ? { outcome: 'not checked', words: 'There were too few rows, or no columns, to divide them by.' }
        : {
            outcome: passedOr(slices.length === 0, 'to look at'),
            words:
              slices.length === 0
                ? 'No slice of rows is clearly predicted worse than the others.'
                : `Clearly worse where ${listWords(slices.slice(0, 3).map(({ conditions }) => sliceName(conditions)))}.`,
            ...figure(
              `weak slices among ${numberWords(examined)} examined and ${numberWords(tested)} tested`,
              slices.length,
              'at most',
              0,
            ),
          },
    ],
  },
  fairness: { title: 'Fairness', judge: fairnessVerdicts },
  decisions: {
    title: 'Decisions',
    judge: (result) => [...baselineVerdicts(result), ...calibrationVerdict(result)],
  },
  'trust-score': {
    title: 'Low trust goes with errors',
    judge: (result) => [
      result.auc === null
        ? { outcome: 'not checked', words: 'All rows are predicted right, or all wrong.' }
        : {
            outcome: passedOr(ranksErrors(result), 'to look at'),
            words: ranksErrors(result)
              ? 'Rows whose neighbours say otherwise are more often wrong.'
              : 'The trust score does not tell wrong predictions from right ones.',
            ...figure('lower end of the AUC', result.interval?.low ?? result.auc, 'at least', 0.5, result.interval),
          },
    ],
  },
  'surrogate-tree': {
    title: 'The tree that imitates the model',
    judge(result) {
      const subtree = result.subtrees[result.chosen];
      const faithful = isFaithful(result, subtree);
      return [
        {
          outcome: subtree.r2 === null ? 'not checked' : passedOr(faithful, 'to look at'),
          words: `${faithful ? 'It may be read in place of the model' : 'Do not read this tree as the model'}: ${fidelityWords(subtree)}.`,
          ...figure('held-out R2', subtree.r2, 'at least', result.trustedR2, subtree.interval),
        },
      ];
    },
  },
  sage: {
    title: 'Shares of the loss have settled',
    judge: ({ converged, permutations }) => [
      {
        outcome: passedOr(converged, 'to look at'),
        words: `${converged ? 'Errors are small beside the values' : 'Errors are still large beside the values'} after ${numberWords(permutations)} permutations.`,
      },
    ],
  },
  prototypes: {
    title: 'Prototypes stand for the rows',
    judge: ({ asGood }) => [
      {
        outcome: passedOr(asGood <= 0.05, 'to look at'),
        words: `${percentWords(asGood)} of random choices of rows are as near to the whole.`,
        ...figure('share of random choices as good', asGood, 'at most', 0.05),
      },
    ],
  },
  'near-misses': {
    title: 'Near rows turn out alike',
    judge: ({ true: truth }) => [
      {
        outcome: passedOr(tellsRows(truth), 'to look at'),
        words: tellsRows(truth)
          ? 'Near rows are more alike in the target than rows at large.'
          : 'Near rows are no more alike in the target than others: these columns hardly tell.',
        ...figure('upper end of the share that turned out differently', truth.interval.high, 'at most', truth.random),
      },
    ],
  },
  'local-surrogate': surrogate('Local surrogate (LIME)'),
  'text-surrogate': surrogate('Local surrogate of words'),
  'image-surrogate': surrogate('Local surrogate of patches'),
  'explanation-quality': {
    title: 'Explanations are faithful',
    judge(result) {
      const best = mostFaithful(result);
      if (!best?.faithfulness) return [{ outcome: 'not checked', words: result.quality.words }];
      return [
        {
          outcome: passedOr(beatsChance(best.faithfulness), 'to look at'),
          words: `The most faithful one of row ${result.rowIndex} is ${verdictWords(best.faithfulness)}.`,
          ...figure('share of random explanations as good', best.faithfulness.asGood, 'at most', 0.05),
        },
      ];
    },
  },
  anchors: {
    title: 'A rule that suffices',
    judge({ verdict, steps, wantedPrecision, rowIndex }) {
      const last = steps.at(-1);
      if (verdict === 'unknown' || !last)
        return [{ outcome: 'not checked', words: 'It was ended before any rule was tried.' }];
      const found = verdict === 'found' || verdict === 'always';
      return [
        {
          outcome: passedOr(found, 'to look at'),
          words: found
            ? `There is one for row ${rowIndex}.`
            : `No rule was found that is precise enough for row ${rowIndex}.`,
          ...figure('precision', last.precision, 'at least', wantedPrecision, last.interval),
        },
      ];
    },
  },
  counterfactuals: {
    title: 'A plausible way to another outcome',
    judge({ found, rowIndex, none }) {
      const plausible = found.filter((one) => one.plausible).length;
      return [
        {
          outcome: passedOr(plausible > 0, 'to look at'),
          words:
            plausible > 0
              ? `There are such changes of row ${rowIndex}.`
              : (none ?? `What changes row ${rowIndex}'s outcome is like no training row.`),
          ...figure('plausible changes found', plausible, 'at least', 1),
        },
      ];
    },
  },
};
