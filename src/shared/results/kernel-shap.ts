import { countWords, linesWords } from './numbers.ts';
import { type ShapValues, shapWords } from './shap-values.ts';

/** Shapley values of any model, by asking it for coalitions of columns. */
export interface KernelShap extends ShapValues<'kernel-shap'> {
  /** Training rows from which columns that are not known take their values, and how many there were to choose from. */
  readonly background: { readonly rows: number; readonly available: number };
  /** Coalitions that were asked, and how many there are; null of more than can be counted. */
  readonly coalitions: number;
  readonly coalitionsInAll: number | null;
}

export const kernelShapWords = (result: KernelShap): string =>
  linesWords([result.partial ?? false, shapWords(result), kernelBasisWords(result), result.quality.words]);

/** What the values rest on. */
export function kernelBasisWords({ background, coalitions, coalitionsInAll }: KernelShap): string {
  const total = coalitionsInAll === null ? '' : coalitionsInAll.toLocaleString('en-US');
  const asked =
    coalitions === coalitionsInAll
      ? `all ${total}`
      : `${coalitions.toLocaleString('en-US')}${total === '' ? '' : ` of ${total}`}`;
  return `From ${asked} coalitions of columns; columns that are not known take their values from ${countWords(background.rows, 'background row')} of ${countWords(background.available, 'training row')}: other rows would give other values.`;
}
