import { countWords } from '../../../shared/results/numbers.ts';
import type { Params, Space } from '../../../shared/space.ts';
import { createRandom } from '../../random.ts';
import { sampleValue } from '../../space/distribution.ts';
import { decode } from '../../space/encoding.ts';
import { configurations, spaceSize } from '../../space/enumeration.ts';
import { withLevels } from '../../space/levels.ts';
import type { Sampler } from '../sampler.ts';
import { SobolSequence } from '../sobol.ts';
import type { StudyView } from '../study-view.ts';

const indexName = 'grid.index';
/** Points of the order that are passed over before the rest of the grid is gone through one by one. */
const mostPassed = 4096;

/**
 * Every configuration of a grid over the space, once: all values of lists and of ranges with at most `levels` values, else that many
 * from end to end of the range, evenly along it or its logarithm. The order is that of a Sobol sequence scrambled by the study's seed, so that
 * a search that is stopped early has looked everywhere. The search ends with the grid.
 */
export function gridSampler({ levels = 10 }: { readonly levels?: number } = {}): Sampler {
  return {
    name: 'grid',
    relativeSpace: (study) => study.space,
    sampleRelative(study) {
      const { space, size, sequence } = gridOf(study, levels);
      const last = study.trials.reduce(
        (most, { attributes }) => Math.max(most, Number(attributes[indexName] ?? -1)),
        -1,
      );
      const { params, index } = nextPoint(study, space, sequence, last + 1);
      const words = `One of the ${countWords(size, 'point')} of a grid with at most ${levels} values a range, in an order that spreads over it.`;
      return { params, why: { sampler: 'grid', phase: 'explore', words }, attributes: { [indexName]: index } };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
    exhausted(study) {
      const { space, size } = gridOf(study, levels);
      if (study.trials.length < size) return undefined;
      for (const params of configurations(space)) if (!study.tried(params)) return undefined;
      return `All ${countWords(size, 'point')} of the grid have been tried, at most ${levels} values a range.`;
    },
  };
}

interface Grid {
  readonly space: Space;
  /** Number of configurations. */
  readonly size: number;
  readonly sequence: SobolSequence;
}

const grids = new WeakMap<StudyView, Grid>();

function gridOf(study: StudyView, levels: number): Grid {
  let grid = grids.get(study);
  if (!grid) {
    const space = withLevels(study.space, levels);
    const sequence = new SobolSequence(space.parameters.length, createRandom(study.seed).fork('grid'));
    grid = { space, size: spaceSize(space), sequence };
    grids.set(study, grid);
  }
  return grid;
}

/** The next point in the order that may be suggested; where thousands in a row may not, the first of the grid that may. */
function nextPoint(
  study: StudyView,
  grid: Space,
  sequence: SobolSequence,
  from: number,
): { params: Params; index: number } {
  for (let index = from; index < from + mostPassed; index++) {
    const params = decode(grid, sequence.point(index));
    if (!study.tried(params)) return { params, index };
  }
  const index = from + mostPassed;
  for (const params of configurations(grid)) if (!study.tried(params)) return { params, index };
  return { params: decode(grid, sequence.point(index)), index };
}
