import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { cell, columnNamed } from '../../../src/engine/data/table.ts';
import { place, png } from '../data/images/drawn-images.ts';
import { coded, withFeatures } from './toy-data.ts';

const levels = ['lowest', 'lower', 'low', 'middle', 'high', 'higher', 'highest'] as const;
const colors = { red: [220, 30, 30], green: [30, 220, 30], blue: [30, 30, 220] } as const;

/** Toy data whose column `note` says in words, or shows in a picture, what `x` and `color` are; it is missing where `x` is. */
export function shownIn(type: 'text' | 'image', data: Dataset): Dataset {
  const { columns, rowCount } = data.features;
  const [x, color] = ['x', 'color'].map((name) => columnNamed(data.features, name));
  const cells = Array.from({ length: rowCount }, (_, row) => {
    const value = cell(x, row);
    if (typeof value !== 'number') return null;
    const step = (steps: number) => Math.max(0, Math.min(6 * steps, Math.round((3 + 2 * value) * steps)));
    const shade = cell(color, row) as keyof typeof colors | null;
    return type === 'text' ? `the ${levels[step(1)]} one, ${shade ?? ''}` : pictureOf(step(3) * 13, shade);
  });
  const note = coded('note', cells, type);
  const replaced = withFeatures(
    data,
    columns.map((column) => (column.name === 'note' ? note : column)),
  );
  const infos = data.info.columns.map((info) => (info.name === 'note' ? { ...info, type } : info));
  return { ...replaced, info: { ...data.info, columns: infos } };
}

let folder: string | undefined;
const drawn = new Map<string, string>();

/** A grey left half, the colour on the right; drawn once a process. */
function pictureOf(grey: number, color: keyof typeof colors | null): string {
  if (!folder) {
    const made = mkdtempSync(join(tmpdir(), 'vitrine-toys-'));
    process.once('exit', () => rmSync(made, { recursive: true }));
    folder = made;
  }
  const name = `${grey}-${color}.png`;
  const known = drawn.get(name);
  if (known) return known;
  const rgb = color === null ? [0, 0, 0] : colors[color];
  const path = place(
    join(folder, name),
    png(8, 8, 3, (px, _y, k) => (px < 4 ? grey : rgb[k])),
  );
  drawn.set(name, path);
  return path;
}
