import type { Params } from '../../../shared/space.ts';
import { createRandom } from '../../random.ts';
import { decode } from '../../space/encoding.ts';
import type { Suggestion } from '../sampler.ts';
import { SobolSequence } from '../sobol.ts';
import type { StudyView } from '../study-view.ts';

/** Points that are passed over at most while they fall on tried or forbidden configurations. */
const mostPassed = 1024;
const sequences = new WeakMap<StudyView, SobolSequence>();

export interface QuasiRandom {
  readonly params: Params;
  /** Place of its point in the sequence, from 0. */
  readonly index: number;
}

/**
 * The first configuration from a place of the study's scrambled Sobol sequence on that may be suggested; the last one looked at where
 * a thousand may not. A parameter has one dimension whether it is active or not.
 */
export function quasiRandom(study: StudyView, from: number): QuasiRandom {
  const sequence = sequenceOf(study);
  let index = from;
  let params = decode(study.space, sequence.point(index));
  while (study.tried(params) && index < from + mostPassed) {
    index++;
    params = decode(study.space, sequence.point(index));
  }
  return { params, index };
}

/**
 * A member of the first population, by its place in the quasi-random sequence.
 * @param own trials that the sampler asked for before
 * @param population how it is called, with its size: 'generation of 40'
 */
export function firstMember(
  study: StudyView,
  sampler: string,
  own: number,
  population: string,
  attributes: Suggestion['attributes'],
): Suggestion {
  const words = `Member ${own + 1} of the first ${population}, spread evenly over the space.`;
  const why = { sampler, phase: 'start-up', words, generation: 0 } as const;
  return { params: quasiRandom(study, own).params, why, attributes };
}

function sequenceOf(study: StudyView): SobolSequence {
  let sequence = sequences.get(study);
  if (!sequence) {
    sequence = new SobolSequence(study.space.parameters.length, createRandom(study.seed).fork('quasi-random'));
    sequences.set(study, sequence);
  }
  return sequence;
}
