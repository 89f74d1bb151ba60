import type { Params } from '../../shared/space.ts';

/** A configuration that is tried before the sampler is asked, and why. */
export interface FirstConfiguration {
  readonly params: Params;
  readonly words: string;
  /** Where it comes from: a learner's own default, which runs to its end; or what did well on other tables. Absent: a default. */
  readonly from?: 'default' | 'portfolio';
}
