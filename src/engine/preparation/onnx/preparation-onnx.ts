import { type GraphRows, noOnnx } from '../../models/onnx/graph-rows.ts';
import type { PreparationState } from '../preparation.ts';
import type { SelectionState } from '../steps/selection.ts';
import { datesOnnx } from './dates-onnx.ts';
import { imagesOnnx } from './images-onnx.ts';
import { encodingOnnx, rareLevelsOnnx } from './levels-onnx.ts';
import { combinationsOnnx, componentsOnnx, imputationOnnx, scalingOnnx } from './numbers-onnx.ts';
import { textsOnnx } from './texts-onnx.ts';
import type { WriteStep } from './write-step.ts';

const selectionOnnx: WriteStep<SelectionState> = (rows, { kept }) =>
  rows.columns.filter(({ name }) => kept.includes(name));

/** By the names of the steps. */
const writers: Readonly<Record<string, WriteStep<never>>> = {
  dates: datesOnnx,
  images: imagesOnnx,
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
