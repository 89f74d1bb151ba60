import { countWords, linesWords } from './numbers.ts';
import { type ShapValues, shapWords } from './shap-values.ts';

/** Exact Shapley values of a model made of trees. */
export interface TreeShap extends ShapValues<'tree-shap'> {
  /** Where columns that are not known come from: the shares of rows at the splits, or background rows. */
  readonly variant: 'path-dependent' | 'interventional';
  /** Background rows, and how many there were to choose from; null where there are none. */
  readonly background: { readonly rows: number; readonly available: number } | null;
  readonly trees: number;
  /** Where the model does not say how many rows took which way: so many rows of the data were sent through the trees. */
  readonly coverRows?: number;
}

export const treeShapWords = (result: TreeShap): string =>
  linesWords([result.partial ?? false, shapWords(result), treeBasisWords(result), result.quality.words]);

/** What 'not known' means in the result. */
export function treeBasisWords({ variant, background, trees, coverRows }: TreeShap): string {
  const of = countWords(trees, 'tree');
  if (variant === 'interventional' && background)
    return `Exact for ${of} and ${countWords(background.rows, 'background row')} of ${countWords(background.available, 'training row')}: columns that are not known take their values from those rows.`;
  const shares = coverRows === undefined ? 'the training rows' : countWords(coverRows, 'row');
  return `Exact for ${of}: where a column is not known both ways of a split are followed, in proportion to ${shares} that took them.`;
}
