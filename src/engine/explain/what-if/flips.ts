import { counterfactualsBasisWords } from '../../../shared/results/counterfactuals.ts';
import type { NearestFlips } from '../../../shared/results/what-if.ts';
import type { Predictor } from '../../models/predictor.ts';
import { counterfactuals } from '../counterfactuals.ts';
import type { ExplainData } from '../explainer.ts';

/** Smaller than where somebody asks for counterfactuals alone: they are looked for again after every edit. */
const quick = { count: 4, seeds: 500, generations: 12 };

/**
 * The nearest rows of which the model says something else than of the edited one.
 * @param data its evaluation part has two rows, as it was and edited
 */
export async function nearestFlips(
  predictor: Predictor,
  data: ExplainData,
  seed: number,
  signal: AbortSignal,
  enough: () => boolean,
): Promise<NearestFlips> {
  const found = await counterfactuals.explain(
    predictor,
    data,
    { seed, row: 1, ...quick },
    () => undefined,
    signal,
    enough,
  );
  return {
    wanted: found.wanted,
    found: found.found,
    none: found.none,
    kept: found.kept,
    ...(found.partial !== undefined && { partial: found.partial }),
    words: counterfactualsBasisWords(found),
  };
}
