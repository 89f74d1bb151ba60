import type { WebviewCommands } from '../../shared/webview-protocol.ts';

export type SaveRequest = WebviewCommands['save'];

/** A component asks its page to save something; in the editor the host writes it, in the report the browser downloads it. */
export function requestSave(from: EventTarget, request: SaveRequest): void {
  from.dispatchEvent(new CustomEvent<SaveRequest>('vitrine-save', { detail: request, bubbles: true, composed: true }));
}
