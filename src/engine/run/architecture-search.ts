import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { Params, Space } from '../../shared/space.ts';
import type { Trial } from '../../shared/trial.ts';
import { architectureStrategy } from '../nas/registry.ts';
import { type ArchitectureStrategy, type Individual, spaceBesideGraph } from '../nas/strategy.ts';
import { createRandom } from '../random.ts';
import { toMinimize } from '../search/ranking.ts';
import type { Study } from '../search/study.ts';
import { isForbidden } from '../space/conditions.ts';
import { joinParams, splitParams } from '../space/join.ts';

/** The learner whose layers are searched. */
export const architectureLearner = 'mlp';

/** So many proposals may be forbidden before the turn is left to the sampler. */
const mostAttempts = 20;

/** The learner's space while its layers are searched as a graph. */
export const architectureSpace = spaceBesideGraph;

/**
 * Takes turns with the study's sampler: its proposals are enqueued with the graph and the step as attributes, since neither has a
 * place in a space of numbers and choices. All it knows is in the study, so that a resumed search goes on unchanged.
 */
export class ArchitectureSearch {
  readonly #strategy: ArchitectureStrategy;
  readonly #space: Space;
  readonly #alone: boolean;

  /** @param space of the learner, without what the graph replaces */
  constructor(name: Exclude<Experiment['nas'], 'none'>, space: Space, learners: readonly string[]) {
    this.#strategy = architectureStrategy(name);
    this.#space = space;
    this.#alone = learners.every((learner) => learner === architectureLearner || learner === 'constant');
  }

  /**
   * Enqueues a network that is not forbidden where it is the architecture search's turn: always where there is no other learner, else
   * every second trial.
   */
  takeTurn(study: Study): void {
    if (study.trials.some(({ state }) => state === 'waiting')) return;
    if (!this.#alone && study.trials.length % 2 === 1) return;
    const stream = createRandom(study.seed).fork(`architecture ${study.trials.length}`);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const random = attempt === 0 ? stream : stream.fork(`again ${attempt}`);
      const suggestion = this.#strategy.suggest(individualsOf(study), { space: this.#space }, random);
      const { graph, step, parent, why } = suggestion;
      const params = joinParams(architectureLearner, suggestion.params);
      if (isForbidden(study.space, params)) continue;
      const { number } = study.enqueue(params, { ...why, ...(parent !== null && { parent }) });
      study.annotate(number, step === null ? { graph } : { graph, step });
      return;
    }
  }
}

/** The learner's configuration with what the architecture search wrote beside it. */
export function configurationOf({ params, attributes }: Trial): { learner: string; config: Params } {
  const { learner, config } = splitParams(params);
  const { graph, step } = attributes;
  return { learner, config: { ...config, ...(graph !== undefined && { graph }), ...(step !== undefined && { step }) } };
}

/** Finished networks in the order in which they ended. */
function individualsOf({ trials, directions }: Study): Individual[] {
  return trials
    .filter(
      ({ state, attributes, values }) =>
        state === 'complete' && typeof attributes.graph === 'string' && values !== undefined,
    )
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0) || a.number - b.number)
    .map(({ number, params, attributes, values }) => ({
      number,
      params: splitParams(params).config,
      graph: String(attributes.graph),
      loss: toMinimize(values![0], directions[0]),
    }));
}
