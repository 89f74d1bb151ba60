import type { AdditiveTerm } from '../../shared/results/additive-terms.ts';
import type { Model } from './model.ts';
import type { Predictor } from './predictor.ts';

/** What a model's own parts have become. */
export type EditedParts =
  /** Terms as `parts()` has them, told apart by their columns; those that are absent add nothing any more. */
  | { readonly kind: 'graphs'; readonly intercept: readonly number[]; readonly terms: readonly AdditiveTerm[] }
  /** [terms][scores] in the order of the reading. */
  | {
      readonly kind: 'weights';
      readonly intercept: readonly number[];
      readonly weights: readonly (readonly number[])[];
    }
  /** Nodes of the reading that become leaves. */
  | { readonly kind: 'tree'; readonly leaves: ReadonlySet<number> }
  /** Places of the rules that stay, and the scores that a row begins with. */
  | { readonly kind: 'rules'; readonly start: readonly number[]; readonly kept: readonly number[] };

/** A capability, asked for by `isEditable`, never by the learner's name: a copy of the model with other parts. */
export interface Editable {
  readonly editable: EditedParts['kind'];
  /** Throws a RangeError for parts of another kind. */
  edited(parts: EditedParts): Model;
}

export const isEditable = (predictor: Predictor): predictor is Predictor & Editable =>
  typeof (predictor as Partial<Editable>).edited === 'function';
