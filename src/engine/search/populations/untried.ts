import type { Params } from '../../../shared/space.ts';
import type { StudyView } from '../study-view.ts';

/** Draws that are thrown away at most because a trial has their configuration or it is forbidden. */
const mostDraws = 50;

/**
 * The first draw whose configuration was not tried; the last one of fifty where all were.
 * @param draw is told how many were thrown away before
 */
export function drawUntried<D extends { readonly params: Params }>(study: StudyView, draw: (passed: number) => D): D {
  for (let passed = 0; ; passed++) {
    const drawn = draw(passed);
    if (passed === mostDraws - 1 || !study.tried(drawn.params)) return drawn;
  }
}
