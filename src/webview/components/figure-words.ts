const changed = new EventTarget();
let shown = false;

/** Whether figures tell their words beside the drawing: for all figures of a page at once. A panel begins without, a report with them. */
export const figureWords = {
  get shown(): boolean {
    return shown;
  },
  show(wanted: boolean): void {
    shown = wanted;
    changed.dispatchEvent(new Event('change'));
  },
  /** Answers what ends the listening. */
  listen(hear: () => void): () => void {
    changed.addEventListener('change', hear);
    return () => changed.removeEventListener('change', hear);
  },
};
