import type { DisagreementSlice } from '../../../shared/results/model-comparison.ts';
import type { Random } from '../../random.ts';
import { mean } from '../../statistics/mean.ts';
import type { Pauses } from '../pauses.ts';
import { lossFromMean } from '../row-losses.ts';
import { type SliceSettings, searchSlices } from '../slices/search-slices.ts';
import { type Compared, disagreeingRows, rightnessOf } from './disagreement.ts';

/** As where a model fails, which looks for more of them. */
const settings: SliceSettings = {
  columns: 30,
  conditions: 2,
  beam: 40,
  depth: 3,
  smallest: 0.02,
  tested: 10,
  level: 0.05,
  effect: 0.2,
};

/** Slices of the rows in which predictions are further apart than elsewhere, the clearest first, and who is better there. */
export async function disagreementSlices(
  compared: Compared,
  random: Random,
  pauses: Pauses,
): Promise<{ slices: DisagreementSlice[]; examined: number; tested: number; isCut: boolean }> {
  const { sample, distances } = compared;
  const search = await searchSlices(sample.features, distances, settings, random, pauses);
  const { measured, clear, judged, examined, isCut } = search;
  const differing = new Set(disagreeingRows(compared));
  const slices = clear.map(({ holds, conditions, p }): DisagreementSlice => {
    const inside = [...holds.keys()].filter((row) => holds[row] === 1);
    const own = measured.sumsWhere(measured.rows, holds);
    const rest = measured.rest(own);
    const lossOf = (side: 'first' | 'second') =>
      lossFromMean(sample.target)(mean(inside.map((row) => compared.losses[side][row])));
    return {
      conditions,
      rows: inside.length,
      share: inside.length / distances.length,
      distance: own.sum / own.count,
      restDistance: rest.sum / rest.count,
      p,
      loss: { first: lossOf('first'), second: lossOf('second') },
      right: rightnessOf(
        compared,
        inside.filter((row) => differing.has(row)),
      ),
    };
  });
  return { slices, examined, tested: judged.length, isCut };
}
