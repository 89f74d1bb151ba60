import type { Candidate } from '../../shared/candidate.ts';

/** A component asks its page to show a trial, or the ensemble. */
export function openTrial(from: EventTarget, candidate: Candidate): void {
  from.dispatchEvent(
    new CustomEvent<Candidate>('vitrine-open-trial', { detail: candidate, bubbles: true, composed: true }),
  );
}
