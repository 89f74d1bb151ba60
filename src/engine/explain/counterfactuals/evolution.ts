import type { Random } from '../../random.ts';
import { type ColumnEdits, permit } from './permitted-edits.ts';
import type { Candidate, Pool } from './pool.ts';
import type { Cells } from './row-cells.ts';

const [population, children] = [80, 60];
/** Ends when the best was not bettered for so many generations. */
const patience = 5;

/**
 * Genetic search among edited rows (Schleich et al. 2021): a child takes each column from one of two good parents, or the row's own, or a
 * new value. What it judges stays in the pool.
 */
export async function evolve(
  pool: Pool,
  own: Cells,
  generations: number,
  random: Random,
  progress: (share: number) => void,
): Promise<void> {
  if (pool.edits.length === 0) return;
  let best = Number.POSITIVE_INFINITY;
  let idle = 0;
  for (let generation = 0; generation < generations && idle < patience && !pool.isCut; generation++) {
    progress(generation / generations);
    const parents = pool.ranked().slice(0, population);
    if (parents.length === 0) return;
    const least = parents[0].cost;
    idle = least < best - 1e-9 ? 0 : idle + 1;
    best = Math.min(best, least);
    await pool.judge(Array.from({ length: children }, () => child(pool.edits, own, parents, random)));
  }
}

/** The better of two. */
const parent = (parents: readonly Candidate[], random: Random): Cells =>
  parents[Math.min(random.integer(parents.length), random.integer(parents.length))].cells;

function child(edits: readonly ColumnEdits[], own: Cells, parents: readonly Candidate[], random: Random): Cells {
  const [mother, father] = [parent(parents, random), parent(parents, random)];
  const cells = own.slice();
  const mutation = 1 / edits.length;
  for (const edit of edits) {
    const inherited = (random.uniform() < 0.5 ? mother : father)[edit.column];
    cells[edit.column] = random.uniform() < mutation ? mutated(edit, inherited, random) : inherited;
  }
  return cells;
}

/** The row's own cell, or half the edit, or a value that occurs. */
function mutated(edit: ColumnEdits, inherited: number, random: Random): number {
  const kind = random.integer(3);
  if (kind === 0) return edit.own;
  if (kind === 1 && edit.kind === 'numeric') return permit(edit, (inherited + edit.own) / 2);
  return edit.probes[random.integer(edit.probes.length)] ?? edit.own;
}
