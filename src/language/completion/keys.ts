import { learnerNames, takesKeyword } from '../../shared/experiment/schema.ts';
import { distributionText, learnerIn, learnerWords, parameterIn, parameterWords } from '../catalog-words.ts';
import { columnDetail, columnWords } from '../column-words.ts';
import { columnsOf } from '../context.ts';
import { scalarText } from '../scalar.ts';
import { defaultText, describe } from '../schema/describe.ts';
import { type Form, keysOf, mappingsAt, schemasAt } from '../schema/forms.ts';
import type { Path } from '../source.ts';
import { scriptOwner, spaceEntries, spacePlace } from '../space-entries.ts';
import { bodyAt, distributionBody } from './bodies.ts';
import { type Completion, type CompletionInput, type Offer, offered } from './completion.ts';

function namedKey(input: CompletionInput, key: string): Offer {
  const { cursor, context } = input;
  const path = [...cursor.path, key];
  const body = bodyAt(path, cursor.inline);
  const learner = path[0] === 'space' && path.length === 2 ? learnerIn(context, key) : undefined;
  const usual = defaultText(schemasAt(path)[0]);
  return {
    label: key,
    kind: learnerNames.some((name) => name === key) ? 'learner' : 'key',
    detail: learner?.title ?? (usual && `default: ${usual}`),
    documentation: learner ? learnerWords(learner) : describe(path),
    body: `${key}:${body.text}`,
    snippet: body.snippet,
    suggestAgain: body.suggestAgain,
  };
}

const columnKeys = ({ context }: CompletionInput): Offer[] =>
  (columnsOf(context.columns) ?? []).map((column) => ({
    label: column.name,
    kind: 'column',
    detail: columnDetail(column),
    documentation: columnWords(column),
    body: `${scalarText(column.name)}: `,
    suggestAgain: true,
  }));

/** In `space.LEARNER`: the learner's hyperparameters, each with its default to start from. */
function parameterKeys({ context }: CompletionInput, learner: string): Offer[] {
  const entry = learnerIn(context, learner);
  return (entry?.space.parameters ?? []).map((parameter) => ({
    label: parameter.name,
    kind: 'hyperparameter',
    detail: distributionText(parameter.distribution),
    documentation: parameterWords(parameter, entry?.defaults[parameter.name]),
    body: `${parameter.name}: ${distributionBody(parameter.distribution)}`,
    snippet: true,
  }));
}

/** In `when`: the learner's other hyperparameters, of the file and of the catalog. */
function conditionKeys({ context, cursor }: CompletionInput, learner: string, own?: string | number): Offer[] {
  const known = learnerIn(context, learner)?.space.parameters.map(({ name }) => name) ?? [];
  const written = spaceEntries(cursor.source).filter((entry) => entry.learner === learner);
  const names = new Set([...written.map(({ name }) => name), ...known]);
  names.delete(String(own));
  return [...names].map((name) => {
    const parameter = parameterIn(context, learner, name);
    const detail = parameter && distributionText(parameter.distribution);
    return { label: name, kind: 'hyperparameter', detail, body: `${name}: `, suggestAgain: true };
  });
}

function freeKeys(input: CompletionInput, mappings: readonly Form[], path: Path): Offer[] {
  const takes = mappings.map((form) => form.propertyNames?.[takesKeyword]).find(Boolean);
  if (takes === 'column') return columnKeys(input);
  if (takes !== 'hyperparameter') return [];
  if (path[0] === 'script' && path[1] === 'defaults') return conditionKeys(input, scriptOwner);
  const place = spacePlace(path);
  if (!place) return [];
  return place.rest.length === 0
    ? parameterKeys(input, place.learner)
    : conditionKeys(input, place.learner, place.rest[0]);
}

/** Keys that can stand at the cursor and do not stand there yet. */
export function keyCompletions(input: CompletionInput): Completion[] {
  const { path, present, colon } = input.cursor;
  const mappings = mappingsAt(path, present);
  const offers = [...keysOf(mappings).map((key) => namedKey(input, key)), ...freeKeys(input, mappings, path)];
  return offers
    .filter(({ label }) => !present.includes(label))
    .map((offer) =>
      offered(input, colon ? { ...offer, body: scalarText(offer.label), snippet: false, suggestAgain: false } : offer),
    );
}
