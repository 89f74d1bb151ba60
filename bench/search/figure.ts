/** Three figures, exponents below a thousandth. */
export const figure = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
