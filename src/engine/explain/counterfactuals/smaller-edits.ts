import { onGrid } from '../../robustness/threat-model.ts';
import type { Pool } from './pool.ts';
import type { Cells } from './row-cells.ts';

/**
 * Takes edits back one column at a time, the largest first, where the row reaches what is wanted without them. Every row of the answer
 * still does.
 */
export async function withFewerEdits(pool: Pool, rows: readonly Cells[]): Promise<Cells[]> {
  const best: Cells[] = rows.map((cells) => cells.slice());
  const orders = rows.map((cells) => pool.changed(cells));
  const longest = Math.max(0, ...orders.map(({ length }) => length));
  for (let t = 0; t < longest && !pool.isCut; t++) {
    const open = [...orders.keys()].filter((i) => t < orders[i].length);
    const tried = open.map((i) => best[i].with(orders[i][t].column, orders[i][t].own));
    const reach = await pool.reach(tried);
    for (const [at, i] of open.entries()) if (reach[at] > 0) best[i] = tried[at];
  }
  return best;
}

/** Edits are halved so often: to 1/4096 of themselves. */
const bisections = 12;
/** So many columns of a row are brought nearer, the largest edits first. */
const shrunkColumns = 8;

/**
 * Brings numbers back towards the row's own, a column at a time, by bisection on the column's grid. Along a line a model may change its
 * mind more than once, so this is a small edit and not the smallest there is. Every row of the answer reaches what is wanted.
 */
export async function withSmallerEdits(pool: Pool, rows: readonly Cells[]): Promise<Cells[]> {
  const best: Cells[] = rows.map((cells) => cells.slice());
  const orders = rows.map((cells) => pool.changed(cells).slice(0, shrunkColumns));
  const longest = Math.max(0, ...orders.map(({ length }) => length));
  for (let t = 0; t < longest; t++) {
    const low = new Float64Array(rows.length);
    const high = new Float64Array(rows.length).fill(1);
    for (let step = 0; step < bisections && !pool.isCut; step++) {
      const tried: { readonly i: number; readonly share: number; readonly cells: Cells }[] = [];
      for (const [i, order] of orders.entries()) {
        const edit = order[t];
        if (edit?.kind !== 'numeric') continue;
        const share = (low[i] + high[i]) / 2;
        const value = onGrid(edit.threat, edit.own, edit.own + share * (rows[i][edit.column] - edit.own), Math.trunc);
        tried.push({ i, share, cells: best[i].with(edit.column, value) });
      }
      const reach = await pool.reach(tried.map(({ cells }) => cells));
      for (const [at, { i, share, cells }] of tried.entries()) {
        if (reach[at] > 0) best[i] = cells;
        (reach[at] > 0 ? high : low)[i] = share;
      }
    }
  }
  return best;
}
