import { UserError } from '../../shared/faults.ts';
import { closestName } from '../data/closest-name.ts';

/** What to make of a part that is to be taken out and is not there: of another fit of the same trial, it is out already. */
export type Absent = 'refused' | 'as dropped';

/** Something that an edit names and the model does not have. what: 'graph of "agee"'; known: 'The graphs are'. */
export function unknownName(what: string, name: string, names: readonly string[], known: string): UserError {
  const close = closestName(name, names);
  const shown = names.slice(0, 20).map((one) => `"${one}"`);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  const advice = close === undefined ? `${known} ${shown.join(', ')}${more}.` : `Did you mean "${close}"?`;
  return new UserError('edit-unknown', `the model has no ${what}.`, { advice });
}

/** An edit that means nothing for this model. */
export const impossibleEdit = (message: string, advice: string): UserError =>
  new UserError('edit-impossible', message, { advice });
