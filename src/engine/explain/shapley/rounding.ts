/** Sums of many predictions are off by some 1e-15 of them: what is so small beside them is nothing. */
const noise = 1e-11;

/** The value, 0 where rounding alone may have made it of numbers of that size. */
export const beyondRounding = (value: number, size: number): number => (Math.abs(value) > noise * size ? value : 0);
