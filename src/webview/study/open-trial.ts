/** A component asks its page to show a trial. */
export function openTrial(from: EventTarget, trial: number): void {
  from.dispatchEvent(new CustomEvent<number>('vitrine-open-trial', { detail: trial, bubbles: true, composed: true }));
}
