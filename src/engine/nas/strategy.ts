import type { Params, Space } from '../../shared/space.ts';
import type { Reason } from '../../shared/trial.ts';
import type { Random } from '../random.ts';

/** A network that was trained to the end, as an architecture search sees it. */
export interface Individual {
  /** Of its trial. */
  readonly number: number;
  /** Its hyperparameters within the space of `Surroundings`. */
  readonly params: Params;
  /** Hidden layers as text: what a proposal's `graph` was. */
  readonly graph: string;
  /** Smaller is better: negate what is maximised. */
  readonly loss: number;
}

/** What to train next. The learner's configuration is `configurationOf(proposal)`. */
export interface Proposal {
  /** Hyperparameters, a whole configuration of the space. */
  readonly params: Params;
  /** Hidden layers of the network to train, as text. */
  readonly graph: string;
  /** The mutation that leads from the parent's network to this one, as text; null where there is no parent. */
  readonly step: string | null;
  /** Trial whose model is to be given as `FitContext.warmStart`: the one fitted on the very same rows (fold). */
  readonly parent: number | null;
  readonly why: Reason;
}

export interface Surroundings {
  /** The learner's space without `layerParameters`: the graph takes their place. */
  readonly space: Space;
}

/** Parameters of the perceptron's space that its graph replaces. */
export const layerParameters: readonly string[] = ['layers', 'units', 'activation'];

/**
 * A search over architectures. Pure: all it knows is in its arguments, so that a search resumes as if it had not
 * stopped. It trains nothing; the worker makes the child's weights from the parent's model and `step`.
 */
export interface ArchitectureStrategy {
  /** As written in the experiment file. */
  readonly name: string;
  /** @param history complete trials in the order in which they ended: pruned and failed ones are no part of it */
  suggest(history: readonly Individual[], surroundings: Surroundings, random: Random): Proposal;
}

/** What the learner is given. */
export const configurationOf = ({ params, graph, step }: Proposal): Params =>
  step === null ? { ...params, graph } : { ...params, graph, step };

/** The learner's space without what the graph replaces. */
export const spaceBesideGraph = ({ parameters }: Space): Space => ({
  parameters: parameters.filter(({ name }) => !layerParameters.includes(name)),
});
