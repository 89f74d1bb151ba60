import type { ProviderContext } from '../context.ts';
import type { Cursor } from '../cursor.ts';
import type { TextEdit } from '../diagnostic.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'column' | 'learner' | 'hyperparameter' | 'metric' | 'snippet';
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly edit: TextEdit;
  /** Whether the new text holds tab stops ($1, ${2:text}); an editor without them should not offer such a completion. */
  readonly snippet: boolean;
  /** More can be chosen right behind what was inserted. */
  readonly suggestAgain: boolean;
}

/** What a completion is before its place is known. `body` replaces the label where the two differ. */
export interface Offer extends Partial<Omit<Completion, 'edit'>> {
  readonly label: string;
  readonly kind: Completion['kind'];
  readonly body?: string;
}

export interface CompletionInput {
  readonly cursor: Cursor;
  readonly context: ProviderContext;
}

/** Text that stands for itself inside a snippet. */
export const escaped = (text: string): string => text.replace(/[\\$]/g, '\\$&');

export function offered({ cursor }: CompletionInput, offer: Offer, lead = ''): Completion {
  const { label, kind, detail, documentation, body = label, snippet = false, suggestAgain = false } = offer;
  return {
    label,
    kind,
    ...(detail && { detail }),
    ...(documentation && { documentation }),
    edit: { range: cursor.range, newText: `${cursor.prefix}${lead}${body}` },
    snippet,
    suggestAgain,
  };
}
