import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { chanceWords, type DataFinding } from '../../shared/results/data-findings.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { atLeast, type DataCheck } from './data-check.ts';
import { quickJudgement } from './quick-judgement.ts';
import { mendData } from './remedies.ts';
import { columnPowers } from './target-leak.ts';
import { unreadColumns } from './unread-columns.ts';

/** A gain over the constant that chance makes as often as this is none. */
const level = 0.01;
/** Deepchecks' bound (reference table) of the gain over the most frequent class. */
const littleGain = 0.1;
/** A column alone that reaches so much of a quick model's gain leaves little to learn. */
const almostAll = 0.9;
const fewestRows = 50;

/** Data from which hardly anything can be learnt, or hardly more than a rule by one column says. */
export const littleToLearn: DataCheck = {
  name: 'little-to-learn',
  title: 'Little to learn',
  asks: 'Do the columns together tell more than a constant does, and than one of them?',
  cost: 'model',
  unsuited: ({ development }) =>
    development.features.rowCount < fewestRows
      ? `there are fewer than ${fewestRows} rows.`
      : unreadColumns(development),
  async run({ development }, context) {
    const { losses, naive, sampled } = await quickJudgement(development, context);
    const known = Array.from(losses.keys()).filter((row) => !Number.isNaN(losses[row]));
    const gains = Float64Array.from(known, (row) => naive[row] - losses[row]);
    const gain = mean(gains) / mean(known.map((row) => naive[row]));
    const error = standardDeviation(gains) / Math.sqrt(gains.length);
    const p = error > 0 ? normalCdf(-mean(gains) / error, 0, 1) : 1;
    const findings: DataFinding[] = [];
    if (p >= level || gain < littleGain) findings.push(nothing(gain, p));
    else {
      const { powers } = await columnPowers(development, context);
      // The power of a number is a share of its error, the gain one of its square.
      const alone = powers.map(({ column, power }) => ({
        column,
        share: (development.target.kind === 'values' ? 1 - (1 - power) ** 2 : power) / gain,
      }));
      if (alone.length > 1 && alone[0].share >= almostAll) findings.push(oneColumn(alone[0].column, alone[0].share));
    }
    return {
      findings,
      ...(sampled && { sampled }),
      ...atLeast("share of the constant's loss that is gone", gain, littleGain),
    };
  },
};

const nothing = (gain: number, p: number): DataFinding => ({
  check: 'little-to-learn',
  severity: p >= level ? 'warning' : 'note',
  message:
    p >= level
      ? `A quick model of all columns tells the target no better than a constant does (${chanceWords(p)}).`
      : `A quick model of all columns takes away ${percentWords(gain)} of the constant's loss: they say little of the target.`,
  columns: [],
  evidence: { measure: "share of the constant's loss that is gone", value: gain, threshold: littleGain, p },
  remedies: [mendData('Look for columns that say more of the target, or for rows whose targets were mixed up.')],
});

const oneColumn = (column: string, share: number): DataFinding => ({
  check: 'little-to-learn',
  severity: 'note',
  message: `"${column}" alone reaches ${percentWords(Math.min(1, share), 0)} of what a quick model of all columns gains over a constant.`,
  columns: [column],
  evidence: { measure: 'share of the gain that one column reaches', value: share, threshold: almostAll },
  remedies: [mendData('A rule by this column may be all that is needed.')],
});
