/** The folds that judge any row, ascending. foldOf: [rows] */
export const foldsOf = (foldOf: ArrayLike<number>): number[] => [...new Set(Array.from(foldOf))].sort((a, b) => a - b);

export const inFold = (foldOf: ArrayLike<number>, fold: number): Uint32Array =>
  rowsWhere(foldOf, (own) => own === fold);

export const notInFold = (foldOf: ArrayLike<number>, fold: number): Uint32Array =>
  rowsWhere(foldOf, (own) => own !== fold);

function rowsWhere(foldOf: ArrayLike<number>, wanted: (fold: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < foldOf.length; row++) if (wanted(foldOf[row])) rows.push(row);
  return Uint32Array.from(rows);
}
