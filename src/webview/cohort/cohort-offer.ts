import type { CohortCondition } from '../../shared/cohort/cohort.ts';

/** Something on the page that says which rows it is made of asks whether anybody looks at rows by themselves: who does prevents its default. */
const offered = 'vitrine-cohort-offer';
/** These rows are to be looked at. */
const chosen = 'vitrine-cohort';

/** Whether a cohort can be chosen where this element stands; not so in a report. */
export const takesCohorts = (element: EventTarget): boolean =>
  !element.dispatchEvent(new Event(offered, { bubbles: true, composed: true, cancelable: true }));

export const chooseCohort = (element: EventTarget, conditions: readonly CohortCondition[]): boolean =>
  element.dispatchEvent(new CustomEvent(chosen, { detail: conditions, bubbles: true, composed: true }));

/** Takes what is chosen anywhere below this element, while it has a use for it. */
export function takeCohorts(
  element: EventTarget,
  isOfUse: () => boolean,
  take: (conditions: readonly CohortCondition[]) => void,
): void {
  element.addEventListener(offered, (event) => isOfUse() && event.preventDefault());
  element.addEventListener(chosen, (event) => take((event as CustomEvent<readonly CohortCondition[]>).detail));
}
