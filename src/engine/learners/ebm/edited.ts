import { columnsOfTerm } from '../../../shared/results/additive-terms.ts';
import type { EditedParts } from '../../models/editable.ts';
import type { EditedLearnt, Learnt } from '../define-learner.ts';
import { factsOf, joined } from './bundled-graphs.ts';
import type { EbmState } from './ebm.ts';
import { columnsOf, type Shape, sizeOf } from './term.ts';
import { layOut } from './term-parts.ts';

/**
 * The model whose graphs are these: the inverse of `parts()`. Cells that training never had stay as they are; a term that is not among
 * the graphs is left out of the model.
 */
export function editedEbm(
  state: EbmState,
  shapes: readonly Shape[],
  arrays: Learnt<EbmState>['arrays'],
  parts: EditedParts,
): EditedLearnt {
  if (parts.kind !== 'graphs') throw new RangeError(`an explainable boosting machine has no ${parts.kind}`);
  const outputs = arrays.intercept.length;
  const given = new Map(parts.terms.map((term) => [keyOf(columnsOfTerm(term)), term]));
  const kept: { t: number; tables: Float64Array; errors: Float64Array; shares: Float64Array; importance: number }[] =
    [];
  let [from, shareFrom] = [0, 0];
  shapes.forEach((shape, t) => {
    const size = sizeOf(shape);
    const [tables, errors] = [arrays.tables, arrays.errors].map((all) =>
      Float64Array.from(all.subarray(from, from + outputs * size)),
    );
    const shares = Float64Array.from(arrays.shares.subarray(shareFrom, shareFrom + size));
    from += outputs * size;
    shareFrom += size;
    const term = given.get(keyOf(columnsOf(shape).map((column) => state.columns[column].name)));
    if (!term) return;
    const { cells } = layOut(state, shape, shares);
    for (let k = 0; k < outputs; k++) {
      cells.forEach((cell, i) => {
        tables[k * size + cell] = term.effect[k][i];
        if (term.error) errors[k * size + cell] = term.error[k][i];
      });
    }
    kept.push({ t, tables, errors, shares, importance: term.importance });
  });
  const intercept = Float64Array.from(parts.intercept);
  const importance = kept.map((one) => one.importance);
  const left = kept.map(({ t }) => state.shapes[t]);
  return {
    state: { ...state, shapes: left, importance },
    arrays: {
      intercept,
      tables: joined(kept.map(({ tables }) => tables)),
      errors: joined(kept.map(({ errors }) => errors)),
      shares: joined(kept.map(({ shares }) => shares)),
    },
    facts: factsOf(
      { tables: kept.map(({ tables }) => tables), importance, intercept },
      kept.map(({ t }) => shapes[t]),
      'edited',
    ),
  };
}

const keyOf = (columns: readonly string[]): string => JSON.stringify(columns);
