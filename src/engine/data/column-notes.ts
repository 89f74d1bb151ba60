import type { ColumnPlan } from './column-plan.ts';

/** What a person should know of how the columns were read, one sentence a kind. */
export function columnNotes(plans: readonly ColumnPlan[], ignored: readonly string[] = []): string[] {
  const notes: string[] = [];
  const spellings = new Map<string, string[]>();
  for (const { profile } of plans) {
    for (const [text, times] of Object.entries(profile.missingSpellings)) {
      spellings.set(text, [...(spellings.get(text) ?? []), `"${profile.name}" (${times})`]);
    }
  }
  for (const [text, columns] of spellings) notes.push(`"${text}" is read as missing in ${columns.join(', ')}.`);

  const infinite = plans.filter(
    ({ profile, type }) => profile.infinities > 0 && (type === 'number' || type === 'integer'),
  );
  if (infinite.length > 0) {
    notes.push(
      `Infinite numbers are read as missing in ${infinite.map(({ profile }) => `"${profile.name}" (${profile.infinities})`).join(', ')}.`,
    );
  }
  notes.push(...plans.flatMap(({ note }) => note ?? []));

  const unasked = plans.filter(({ role, profile }) => role === 'ignored' && !ignored.includes(profile.name));
  const empty = unasked.filter(({ profile }) => profile.present === 0);
  if (empty.length > 0) notes.push(`Ignored, since every value is missing: ${quoted(empty)}.`);
  const ids = unasked.filter(({ profile }) => profile.present > 0);
  if (ids.length > 0)
    notes.push(
      `Ignored, since they look like identifiers: ${quoted(ids)}; a type given under \`types\` brings them back.`,
    );
  return notes;
}

const quoted = (plans: readonly ColumnPlan[]) => plans.map(({ profile }) => `"${profile.name}"`).join(', ');
