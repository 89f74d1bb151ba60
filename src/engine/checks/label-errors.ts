import { shareWords } from '../../shared/results/data-findings.ts';
import { countWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import type { Dataset } from '../data/dataset.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { type ConfidentLabels, confidentLabels, noiseShare } from './confident-learning.ts';
import { atMost, type CheckContext, type DataCheck, foundRows } from './data-check.ts';
import { quickJudgement } from './quick-judgement.ts';
import { dropTheseRows, reviewLabels } from './remedies.ts';
import { unreadColumns } from './unread-columns.ts';

/** The share of rows that are easiest to tell. */
const easiest = 0.25;
/**
 * Wrong labels fall on easy rows as on hard ones, doubt between classes on the hard ones: where more than so many of the easy rows are labelled
 * otherwise, for certain, it is not doubt.
 */
const mostDoubt = 0.05;
/** Where three in ten of the easiest are, the models are too weak to tell a wrong label from a hard row. */
const hopeless = 0.3;
const fewestRows = 100;
/** As many as a person may still look through in the experiment file. */
const mostDropped = 200;

export interface LabelDoubts extends ConfidentLabels {
  readonly data: Dataset;
  readonly noise: number;
  readonly sampled?: string;
}

/** Confident learning on a sample, by quick models out of fold. Throws a RangeError where the target is a number. */
export async function labelDoubts(development: Dataset, context: CheckContext): Promise<LabelDoubts> {
  return context.once('label doubts', async () => {
    const { data, predicted, sampled } = await quickJudgement(development, context);
    const { target } = data;
    if (target.kind !== 'classes') throw new RangeError('the target is a number');
    const confident = confidentLabels(target.codes, predicted, target.classes.length);
    return { data, ...confident, noise: noiseShare(confident, target.codes), ...(sampled && { sampled }) };
  });
}

/** Labels that are likely wrong. */
export const labelErrors: DataCheck = {
  name: 'label-errors',
  title: 'Wrong labels',
  asks: 'Are labels likely wrong?',
  cost: 'model',
  unsuited({ development }) {
    if (development.target.kind === 'values') return 'the target is a number.';
    return development.features.rowCount < fewestRows
      ? `there are fewer than ${fewestRows} rows.`
      : unreadColumns(development);
  },
  async run({ development }, context) {
    const { data, suspects, margins, noise, sampled } = await labelDoubts(development, context);
    const easy = easiestRows(margins);
    const disagree = easy.filter((row) => margins[row] < 0).length;
    const interval = clopperPearson(disagree, easy.length);
    const isHopeless = disagree > hopeless * easy.length;
    const told = {
      ...(sampled && { sampled }),
      ...(isHopeless
        ? {}
        : atMost('share of the easiest quarter that is labelled otherwise, at least', interval.low, mostDoubt)),
    };
    if (interval.low <= mostDoubt || isHopeless || suspects.length === 0) return { findings: [], ...told };
    return {
      findings: [
        {
          check: 'label-errors',
          severity: 'warning',
          message: `${shareWords(suspects.length, margins.length)} likely have a wrong label, ${percentWords(noise)} of all by estimate: of the quarter that is easiest to tell ${countWords(disagree, 'row')} (${percentIntervalWords(interval)}) are labelled otherwise.`,
          columns: [development.info.target],
          rows: foundRows('development', data, suspects),
          evidence: {
            measure: 'share of the easiest quarter that is labelled otherwise, at least',
            value: interval.low,
            threshold: mostDoubt,
            interval,
          },
          remedies: [
            reviewLabels('Look at these labels, the least believable first, before anything is learnt from them.'),
            dropTheseRows(
              suspects.slice(0, mostDropped).map((row) => data.rowIds[row]),
              'Those that cannot be mended can be left out: `drop: {rows: [...]}`.',
            ),
          ],
        },
      ],
      ...told,
    };
  },
};

/** The quarter of the rows of which one class is surest, whether it is the label or not. */
function easiestRows(margins: Float64Array): number[] {
  const known = Array.from(margins.keys()).filter((row) => !Number.isNaN(margins[row]));
  known.sort((a, b) => Math.abs(margins[b]) - Math.abs(margins[a]) || a - b);
  return known.slice(0, Math.max(1, Math.floor(easiest * known.length)));
}
