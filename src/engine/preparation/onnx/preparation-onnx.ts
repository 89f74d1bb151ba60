import { type GraphRows, noOnnx } from '../../models/onnx/graph-rows.ts';
import type { PreparationState } from '../preparation.ts';
import type { SelectionState } from '../steps/selection.ts';
import type { TextsState } from '../steps/texts.ts';
import { datesOnnx } from './dates-onnx.ts';
import { encodingOnnx, rareLevelsOnnx } from './levels-onnx.ts';
import { combinationsOnnx, componentsOnnx, imputationOnnx, scalingOnnx } from './numbers-onnx.ts';
import { type WriteStep, without } from './write-step.ts';

const selectionOnnx: WriteStep<SelectionState> = (rows, { kept }) =>
  rows.columns.filter(({ name }) => kept.includes(name));

/** Texts that are left out are no hindrance; their words are. */
const textsOnnx: WriteStep<TextsState> = (rows, { columns }) => {
  const read = columns.find(({ way }) => way !== 'ignored');
  if (read) throw noOnnx(`what is made of the texts of "${read.name}"`);
  return without(
    rows,
    columns.map(({ name }) => name),
  );
};

/** By the names of the steps. */
const writers: Readonly<Record<string, WriteStep<never>>> = {
  dates: datesOnnx,
  texts: textsOnnx,
  'rare levels': rareLevelsOnnx,
  encoding: encodingOnnx,
  imputation: imputationOnnx,
  selection: selectionOnnx,
  combinations: combinationsOnnx,
  scaling: scalingOnnx,
  components: componentsOnnx,
};

/** The table behind all steps. Throws a UserError for one that has no form in ONNX. */
export function preparedOnnx(rows: GraphRows, { steps }: PreparationState): GraphRows {
  let { columns } = rows;
  for (const { name, state } of steps) {
    const write = writers[name];
    if (!write) throw noOnnx(`the preparation "${name}"`);
    columns = write({ ...rows, columns }, state as never);
  }
  return { ...rows, columns };
}
