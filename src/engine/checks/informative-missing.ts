import { chanceWords } from '../../shared/results/data-findings.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import type { Target } from '../data/dataset.ts';
import { independence } from '../statistics/chi-squared.ts';
import { holm } from '../statistics/holm.ts';
import { rankSum } from '../statistics/rank-sum.ts';
import { missingFlags } from './column-cells.ts';
import { powerOfCodes, powerTarget } from './column-power.ts';
import { atMost, type DataCheck, largest, mostFindings } from './data-check.ts';
import { ignoreColumn } from './remedies.ts';
import { sampledData } from './sampled-data.ts';

/** All columns together cry wolf at most so often. */
const level = 0.01;
/** Cramer's V, or how far ranks are apart, that is worth a word: small by Cohen (1988) is 0.1. */
const worthNoting = 0.15;
/** A gap that takes away half of the error is an answer, not a gap. */
const leaking = 0.5;
/** The chi-squared distribution is a fair limit from some such number of gaps on. */
const fewestMissing = 10;
const mostRows = 20_000;
const mostCells = 2e7;

/** Columns whose gaps themselves tell the target: a test that is only made once the outcome is known leaves such. */
export const informativeMissing: DataCheck = {
  name: 'missing-leak',
  title: 'Telling gaps',
  asks: 'Does it tell the target that a cell is missing?',
  cost: 'scan',
  async run({ development }, { random, signal }) {
    const { data, sampled } = sampledData(development, { rows: mostRows, cells: mostCells }, random.fork('gaps'));
    const gaps = data.features.columns.flatMap((column) => {
      signal.throwIfAborted();
      const { flags, count } = missingFlags(column);
      return count >= fewestMissing && count <= flags.length - fewestMissing
        ? [{ name: column.name, flags, count, ...dependence(flags, data.target) }]
        : [];
    });
    const chances = holm(gaps.map(({ p }) => p));
    const target = powerTarget(data.target, random.fork('gap folds'));
    const found = gaps
      .map((gap, i) => ({ ...gap, p: chances[i], power: powerOfCodes(Int32Array.from(gap.flags), 2, target).power }))
      .filter(({ p, effect }) => p < level && effect >= worthNoting)
      .sort((a, b) => b.effect - a.effect);
    return {
      findings: found.slice(0, mostFindings).map(({ name, count, effect, p, power }) => ({
        check: 'missing-leak',
        severity: power >= leaking ? 'error' : 'warning',
        message: `Whether "${name}" is missing goes with the target (strength ${numberWords(effect, 2)} of 1, ${chanceWords(p)}; ${countWords(count, 'gap')}).`,
        columns: [name],
        evidence: {
          measure: 'strength of the dependence of gaps and target',
          value: effect,
          threshold: worthNoting,
          p,
        },
        remedies: [ignoreColumn(name)],
      })),
      ...(sampled && { sampled }),
      ...atMost(
        'largest strength of the dependence of gaps and target beyond chance',
        largest(gaps.map(({ effect }, i) => (chances[i] < level ? effect : 0))),
        worthNoting,
      ),
    };
  },
};

/** Cramer's V of gap and class, or |2 AUC - 1| of a number. */
function dependence(flags: Uint8Array, target: Target): { p: number; effect: number } {
  if (target.kind === 'values') {
    const { area, p } = rankSum(target.values, flags);
    return { p, effect: Math.abs(2 * area - 1) };
  }
  const counts = [new Float64Array(target.classes.length), new Float64Array(target.classes.length)];
  for (let row = 0; row < flags.length; row++) counts[flags[row]][target.codes[row]]++;
  const { p, v } = independence(counts);
  return { p, effect: v };
}
