import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import {
  type EncodedMatrix,
  fitMatrixEncoder,
  type MatrixState,
  restoreMatrixEncoder,
} from '../../data/encoders/matrix-encoder.ts';
import { inputGradientOf } from '../../data/encoders/sparse-rows.ts';
import type { Table } from '../../data/table.ts';
import type { InputGradient } from '../../models/predictor.ts';
import { gradientByInputs, type Interactions, type Product, productsOf, withProducts } from './second-order.ts';
import type { FittedPenalty } from './weight-errors.ts';

export interface LinearInputsState {
  readonly encoder: MatrixState;
  readonly products: readonly Product[];
  /** Of the fit, for the errors of its weights; absent in older models. */
  readonly penalty?: FittedPenalty;
  /** A person has changed the weights since. */
  readonly edited?: boolean;
}

/** What a linear model sees of a table: encoded columns, and products of them where it was told to. */
export interface LinearInputs {
  readonly state: LinearInputsState;
  /** '14 inputs and 105 products of them' */
  readonly words: string;
  encode(table: Table): EncodedMatrix;
  /** The gradient by raw columns of a loss whose gradient by the scores, [rows x outputs], is given. */
  inputGradient(table: Table, byScore: Float64Array, weights: Float64Array, outputs: number): InputGradient;
}

/** @param squash bends the numbers into +-3; done wherever products are wanted, which would run away otherwise */
export function fitLinearInputs(features: Table, squash: boolean, interactions: Interactions = 'none'): LinearInputs {
  const encoder = fitMatrixEncoder(features, { scaling: 'standard', squash: squash || interactions !== 'none' });
  return restoreLinearInputs({ encoder: encoder.state, products: productsOf(encoder.outputs, interactions) });
}

export function restoreLinearInputs(state: LinearInputsState): LinearInputs {
  const encoder = restoreMatrixEncoder(state.encoder);
  const { products } = state;
  const columns = encoder.outputs.length;
  const of = products.length > 0 ? ` and ${products.length} products of them` : '';
  return {
    state,
    words: `${columns} inputs${of}`,
    encode: (table) => withProducts(encoder.encode(table), products),
    inputGradient(table, byScore, weights, outputs) {
      const encoded = encoder.encode(table);
      const gradient = inputGradientOf(byScore, weights, columns + products.length, outputs);
      return rawInputGradient(encoder, table, encoded, gradientByInputs(gradient, encoded, products));
    },
  };
}

/** What a person reads of such a model: its weights, [columns x outputs], that are not 0; the biases are not counted. */
export const readingOf = (weights: Float64Array, outputs: number) =>
  ({
    unit: 'coefficients',
    count: weights.subarray(0, weights.length - outputs).reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0),
  }) as const;
