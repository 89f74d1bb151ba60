/** Cells that all distances together may look at. */
const mostCells = 1e8;
const fewestRows = 50;

/** Rows of either side whose distances can be taken in a second or so. */
export const comparedRows = (columns: number, cap: number): number =>
  Math.min(cap, Math.max(fewestRows, Math.floor(Math.sqrt(mostCells / Math.max(1, columns)))));
