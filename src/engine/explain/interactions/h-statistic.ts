/** Numbers of n rows crossed with n rows. */
export interface Crossed {
  /** [points x rows x outputs] of row `row` with some columns as in row `point`. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly outputs: number;
}

/** Mean squares over rows and outputs: of the interaction, and of all that the columns do. */
export interface Squares {
  readonly interaction: number;
  readonly whole: number;
}

/**
 * Friedman and Popescu (2008, section 8.1, equation 44): of a pair's partial dependence what its columns' own do not add up to, both centred.
 * @param weights [rows] how often each counts, as a row and as a point
 */
export function pairSquares(pair: Crossed, first: Crossed, second: Crossed, weights: Float64Array): Squares {
  const both = centred(meanOverRows(pair, weights), weights, pair.outputs);
  const [a, b] = [first, second].map((one) => centred(meanOverRows(one, weights), weights, one.outputs));
  return {
    interaction: meanSquare((i) => both[i] - a[i] - b[i], weights, pair.outputs),
    whole: meanSquare((i) => both[i], weights, pair.outputs),
  };
}

/** The same of one column and all others (equation 45): of the prediction what the column's dependence and that of the others do not add up to. */
export function columnSquares(column: Crossed, weights: Float64Array): Squares {
  const { values, rows, outputs } = column;
  // Row i with its own value is the prediction itself.
  const own = Float64Array.from({ length: rows * outputs }, (_, i) => {
    const row = Math.floor(i / outputs);
    return values[(row * rows + row) * outputs + (i % outputs)];
  });
  const prediction = centred(own, weights, outputs);
  const ofColumn = centred(meanOverRows(column, weights), weights, outputs);
  const ofOthers = centred(meanOverPoints(column, weights), weights, outputs);
  return {
    interaction: meanSquare((i) => prediction[i] - ofColumn[i] - ofOthers[i], weights, outputs),
    whole: meanSquare((i) => prediction[i], weights, outputs),
  };
}

/** [points x outputs] */
export function meanOverRows({ values, rows, outputs }: Crossed, weights: Float64Array): Float64Array {
  const means = new Float64Array(rows * outputs);
  for (let point = 0; point < rows; point++)
    for (let row = 0; row < rows; row++) {
      const weight = weights[row] / rows;
      if (weight === 0) continue;
      for (let k = 0; k < outputs; k++)
        means[point * outputs + k] += weight * values[(point * rows + row) * outputs + k];
    }
  return means;
}

/** [rows x outputs] */
function meanOverPoints({ values, rows, outputs }: Crossed, weights: Float64Array): Float64Array {
  const means = new Float64Array(rows * outputs);
  for (let point = 0; point < rows; point++) {
    const weight = weights[point] / rows;
    if (weight === 0) continue;
    for (let i = 0; i < rows * outputs; i++) means[i] += weight * values[point * rows * outputs + i];
  }
  return means;
}

function centred(values: Float64Array, weights: Float64Array, outputs: number): Float64Array {
  const means = new Float64Array(outputs);
  values.forEach((value, i) => {
    means[i % outputs] += (weights[Math.floor(i / outputs)] * value) / weights.length;
  });
  return values.map((value, i) => value - means[i % outputs]);
}

function meanSquare(value: (i: number) => number, weights: Float64Array, outputs: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length * outputs; i++) sum += weights[Math.floor(i / outputs)] * value(i) ** 2;
  return sum / weights.length;
}
