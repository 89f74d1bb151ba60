/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Three figures, exponents below a thousandth. */
export const figure = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
