import { isMap } from 'yaml';
import type { Range } from './diagnostic.ts';
import { Source } from './source.ts';

export interface Lens {
  readonly range: Range;
  readonly title: string;
  /** A command of the extension; its argument is the file. */
  readonly command: 'vitrine.run' | 'vitrine.openDashboard';
}

/** What can be done with the experiment, above its name or else its first key; nothing in a file without keys. */
export function lenses(text: string): Lens[] {
  const source = new Source(text);
  const { contents } = source.document;
  if (!isMap(contents) || contents.items.length === 0) return [];
  const range = source.keyRange([contents.has('name') ? 'name' : String(contents.items[0].key)]);
  return [
    { range, title: 'Run', command: 'vitrine.run' },
    { range, title: 'Open dashboard', command: 'vitrine.openDashboard' },
  ];
}
