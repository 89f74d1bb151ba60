/** The least and the most of any number of values; of none, 0 and 1. */
export function extent(values: readonly number[]): readonly [least: number, most: number] {
  if (values.length === 0) return [0, 1];
  let [least, most] = [values[0], values[0]];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
