import { UserError } from '../../../shared/faults.ts';
import type { ShapValues } from '../../../shared/results/shap-values.ts';
import type { EditedExplanation, EditedTerm, WhatIfTechnique } from '../../../shared/results/what-if.ts';
import { cell, type Table } from '../../data/table.ts';
import { isAdditive } from '../../models/additive.ts';
import type { Predictor } from '../../models/predictor.ts';
import { isTreeEnsemble } from '../../models/tree-ensemble.ts';
import type { ExplainData } from '../explainer.ts';
import { kernelShap } from '../kernel-shap.ts';
import { treeShap } from '../tree-shap.ts';
import { additiveRows } from './additive-row.ts';

/** Listed terms, at most: who has 5,000 columns looks at the first. */
const mostTerms = 100;
/** KernelSHAP as small as an answer at once asks for. */
const small = { background: 30, samples: 600, columns: 40 };

export interface EditedRequest {
  /** As it was and edited: the two rows of `rows` are those of `data.evaluation`. */
  readonly rows: Table;
  readonly data: ExplainData;
  readonly seed: number;
  /** Place of the explained class; 0 for values. */
  readonly output: number;
}

type Made = Omit<EditedExplanation, 'terms' | 'further' | 'technique'> & { readonly terms: readonly EditedTerm[] };

/**
 * What each column adds to the prediction of a row as it was and as it is now, by a technique that is exact for the model where there is
 * one. Throws a UserError where the technique that is asked for does not suit the model.
 */
export async function explainedEdit(
  model: Predictor,
  wanted: WhatIfTechnique | 'auto',
  request: EditedRequest,
  signal: AbortSignal,
  enough: () => boolean,
): Promise<EditedExplanation> {
  const technique = wanted === 'auto' ? suitedTo(model) : wanted;
  const made = await makers[technique](model, request, signal, enough);
  const terms = made.terms.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const rest = terms.slice(mostTerms);
  const sum = (of: (term: EditedTerm) => number) => rest.reduce((total, term) => total + of(term), 0);
  return {
    technique,
    ...made,
    terms: terms.slice(0, mostTerms),
    further: { count: rest.length, before: sum(({ before }) => before), after: sum(({ after }) => after) },
  };
}

const sizeOf = ({ before, after }: EditedTerm): number => Math.max(Math.abs(before), Math.abs(after));

export function suitedTo(model: Predictor): WhatIfTechnique {
  if (isAdditive(model)) return 'additive-terms';
  return isTreeEnsemble(model) ? 'tree-shap' : 'kernel-shap';
}

const makers: Readonly<
  Record<
    WhatIfTechnique,
    (model: Predictor, request: EditedRequest, signal: AbortSignal, enough: () => boolean) => Made | Promise<Made>
  >
> = {
  'additive-terms': (model, { rows, data, output }) => {
    if (!isAdditive(model)) throw unsuited('additive-terms', 'the model is no sum of graphs');
    const { unit, base, terms } = additiveRows(model, rows, output, data.train.info.target);
    const total = (row: number) => terms.reduce((sum, { added }) => sum + added[row], base);
    return {
      why: 'Exact: the model is a sum of graphs, and this is what each adds.',
      ...(model.classes && { class: model.classes[output] }),
      unit,
      base,
      before: total(0),
      after: total(1),
      terms: terms.map(({ columns, added }) =>
        termOf(rows, { columns, before: added[0], after: added[1], errorBefore: 0, errorAfter: 0 }),
      ),
    };
  },
  async 'tree-shap'(model, { rows, data, seed, output }, signal, enough) {
    if (!isTreeEnsemble(model)) throw unsuited('tree-shap', 'the model is not made of trees that ask for raw columns');
    const of = (row: number) =>
      treeShap.explain(model, data, { seed, row, ...classOf(model, output) }, ignore, signal, enough);
    const pair = [await of(0), await of(1)] as const;
    return { ...compared(rows, ...pair), why: 'Exact: Shapley values of the sum of the leaves (TreeSHAP).' };
  },
  async 'kernel-shap'(model, { rows, data, seed, output }, signal, enough) {
    const of = (row: number) =>
      kernelShap.explain(model, data, { seed, row, ...small, ...classOf(model, output) }, ignore, signal, enough);
    const pair = [await of(0), await of(1)] as const;
    const { rows: background, available } = pair[1].background;
    return {
      ...compared(rows, ...pair),
      why: `KernelSHAP against ${background} of ${available} training rows, kept small to be quick. ${pair[1].quality.words}`,
    };
  },
};

const ignore = () => undefined;

const classOf = ({ classes }: Predictor, output: number) => (classes ? { class: classes[output] } : {});

/** Terms of two results of one technique side by side; columns that either could not tell apart are one. */
function compared(rows: Table, before: ShapValues<string>, after: ShapValues<string>): Omit<Made, 'why'> {
  const alone = ({ terms }: ShapValues<string>) =>
    new Map(terms.flatMap((term) => (term.columns.length === 1 ? [[term.columns[0], term] as const] : [])));
  const [own, edited] = [alone(before), alone(after)];
  const common = [...edited.keys()].filter((name) => own.has(name));
  const isCommon = new Set(common);
  const rest = (result: ShapValues<string>) => {
    const left = result.terms.filter(({ columns }) => columns.length > 1 || !isCommon.has(columns[0]));
    return {
      columns: left.flatMap(({ columns }) => columns),
      sum: left.reduce((sum, { contribution }) => sum + contribution, 0),
      error: left.some(({ error }) => error === null || error > 0) ? null : 0,
    };
  };
  const [others, othersEdited] = [rest(before), rest(after)];
  const names = [...new Set([...others.columns, ...othersEdited.columns])];
  const partial = after.partial ?? before.partial;
  return {
    ...(after.class !== undefined && { class: after.class }),
    unit: after.unit,
    base: after.base,
    before: before.explained,
    after: after.explained,
    ...(partial !== undefined && { partial }),
    terms: [
      ...common.map((name) => {
        const [a, b] = [own.get(name)!, edited.get(name)!];
        const errors = { errorBefore: a.error, errorAfter: b.error };
        return termOf(rows, { columns: [name], before: a.contribution, after: b.contribution, ...errors });
      }),
      ...(names.length > 0
        ? [
            {
              columns: names,
              before: others.sum,
              after: othersEdited.sum,
              errorBefore: others.error,
              errorAfter: othersEdited.error,
            },
          ]
        : []),
    ],
  };
}

/** With the cells of one raw column; a column that the preparation made has none. */
function termOf(rows: Table, term: EditedTerm): EditedTerm {
  const column = term.columns.length === 1 ? rows.columns.find(({ name }) => name === term.columns[0]) : undefined;
  return column ? { ...term, values: { before: cell(column, 0), after: cell(column, 1) } } : term;
}

const unsuited = (technique: WhatIfTechnique, why: string): UserError =>
  new UserError('technique-model', `${technique} does not suit: ${why}.`, {
    advice: 'Leave the choice to Vitrine, or take kernel-shap, which suits every model.',
  });
