import type { Params } from '../../shared/space.ts';

/** A configuration that is tried before the sampler is asked, and why. */
export interface FirstConfiguration {
  readonly params: Params;
  readonly words: string;
}
