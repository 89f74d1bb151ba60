import { takesKeyword } from '../../shared/experiment/schema.ts';
import type { Distribution } from '../../shared/space.ts';
import { distributionText } from '../catalog-words.ts';
import { type Form, formsAt, formsOf } from '../schema/forms.ts';
import type { Path } from '../source.ts';
import { escaped } from './completion.ts';

/** What follows a new key. */
export interface Body {
  readonly text: string;
  readonly snippet: boolean;
  readonly suggestAgain: boolean;
}

const listBody = ({ items }: Form, stop: number): string =>
  Array.isArray(items) ? `[\${${stop}:low}, \${${stop + 1}:high}]` : `[$${stop}]`;

/** A mapping on one line with its required keys to fill in: '{float: [${1:low}, ${2:high}]}'. */
export function inlineMapping(form: Form): string {
  const parts = (form.required ?? []).map((key, i) => {
    const list = formsOf(form.properties?.[key] ?? {}).find(({ type }) => type === 'array');
    return `${key}: ${list ? listBody(list, i + 1) : `$${i + 1}`}`;
  });
  return parts.length > 0 ? `{${parts.join(', ')}}` : '{$1}';
}

export const inlineList = (form: Form): string => listBody(form, 1);

function blockMapping(form: Form): string {
  const keys = form.required ?? [];
  return keys.length > 0 ? keys.map((key, i) => `\n  ${key}: $${i + 1}`).join('') : '\n  $1';
}

/** What the schema wants behind the key at a path. */
export function bodyAt(path: Path, inline: boolean): Body {
  const forms = formsAt(path).filter(({ type }) => type !== 'null');
  const mappings = forms.filter(({ type }) => type === 'object');
  if (mappings.length === forms.length && forms.length > 0) {
    if (mappings.length > 1) return { text: ' {$1}', snippet: true, suggestAgain: true };
    const text = inline ? ` ${inlineMapping(mappings[0])}` : blockMapping(mappings[0]);
    return { text, snippet: true, suggestAgain: true };
  }
  const list = forms.find(({ type }) => type === 'array');
  if (list && forms.length === 1)
    return { text: ` ${inlineList(list)}`, snippet: true, suggestAgain: !Array.isArray(list.items) };
  const choosable = forms.some(
    (form) => form.enum || form.const !== undefined || form.type === 'boolean' || form[takesKeyword],
  );
  return { text: ' ', snippet: false, suggestAgain: choosable };
}

/** A distribution whose limits are tab stops. */
export function distributionBody(distribution: Distribution): string {
  const text = distributionText(distribution);
  if (distribution.type === 'categorical' || distribution.type === 'ordinal') return escaped(text);
  const { low, high } = distribution;
  return text.replace(`[${low}, ${high}]`, `[\${1:${low}}, \${2:${high}}]`);
}
