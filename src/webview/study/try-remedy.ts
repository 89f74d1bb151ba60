import type { ExperimentEdit } from '../../shared/results/data-findings.ts';

/** A component asks its page for a copy of the experiment with one thing changed. */
export function tryRemedy(from: EventTarget, edit: ExperimentEdit): void {
  from.dispatchEvent(
    new CustomEvent<ExperimentEdit>('vitrine-try-remedy', { detail: edit, bubbles: true, composed: true }),
  );
}
