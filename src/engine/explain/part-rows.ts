/** Something for each of some rows, as something for each row of the whole part up to the last of them. */
export function spreadOver<T>(perRow: readonly T[], rows: ArrayLike<number>, absent: T): T[] {
  const told = Math.min(perRow.length, rows.length);
  const spread = new Array<T>(told === 0 ? 0 : rows[told - 1] + 1).fill(absent);
  for (let i = 0; i < told; i++) spread[rows[i]] = perRow[i];
  return spread;
}
