import type { Completion } from './completion/completion.ts';
import { keyCompletions } from './completion/keys.ts';
import { freshLineCompletions, valueCompletions } from './completion/values.ts';
import type { ProviderContext } from './context.ts';
import { cursorAt } from './cursor.ts';
import type { Position } from './diagnostic.ts';

/** Everything that can be written at a position, best first; the editor narrows it by what is typed. */
export function complete(text: string, position: Position, context: ProviderContext = {}): Completion[] {
  const cursor = cursorAt(text, position);
  if (!cursor) return [];
  const input = { cursor, context };
  if (cursor.kind === 'value') return valueCompletions(input);
  const fresh = cursor.present.length === 0 && !cursor.colon;
  return [...keyCompletions(input), ...(fresh ? freshLineCompletions(input) : [])];
}
