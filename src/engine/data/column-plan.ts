import type { ColumnInfo, ColumnRole, ColumnType } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import { nameAdvice } from './closest-name.ts';
import { type ColumnProfile, profileColumns } from './column-profile.ts';
import { type InferredType, inferType } from './column-type.ts';
import { describeColumn } from './describe-column.ts';
import { inferImages } from './images/image-paths.ts';
import { partOf } from './parts.ts';
import { checkGivenType } from './read-columns.ts';
import type { Source } from './source.ts';
import type { Column } from './table.ts';

/** What the experiment file says about columns. */
export interface ColumnWishes {
  readonly target?: string;
  readonly ignore?: readonly string[];
  readonly sensitive?: readonly string[];
  /** Of these, columns that trials are judged by: they belong to what makes two versions of the data differ. */
  readonly judged?: readonly string[];
  readonly group?: string | null;
  readonly time?: string | null;
  readonly types?: Readonly<Record<string, ColumnType>>;
}

/** How one column will be read and used. */
export interface ColumnPlan {
  readonly profile: ColumnProfile;
  readonly type: ColumnType;
  readonly reason: string;
  readonly role: ColumnRole;
  /** No model sees it, but groups are compared by it. */
  readonly watched: boolean;
  readonly note?: string;
}

/** Types and roles of all columns. Throws a UserError for unknown names and for types that the values do not allow. */
export async function planColumns(source: Source, wishes: ColumnWishes): Promise<ColumnPlan[]> {
  checkWishes(source, wishes);
  const plans: ColumnPlan[] = [];
  for (const profile of await profileColumns(source, [...source.names.keys()])) {
    const given = wishes.types && Object.hasOwn(wishes.types, profile.name) ? wishes.types[profile.name] : undefined;
    if (given) await checkGivenType(source, { profile, type: given });
    const inferred = given
      ? { type: given, reason: 'given in the file' }
      : await infer(source, profile, profile.name === wishes.target);
    const role = roleOf(profile, inferred.type, wishes);
    const watched = role === 'ignored' && profile.present > 0 && isWatched(profile.name, wishes);
    plans.push({ ...inferred, profile, role, watched });
  }
  return plans;
}

async function infer(source: Source, profile: ColumnProfile, isTarget: boolean): Promise<InferredType> {
  const images = isTarget ? undefined : await inferImages(source, profile);
  return images ?? inferType(profile, isTarget);
}

function roleOf({ name, present }: ColumnProfile, type: ColumnType, wishes: ColumnWishes): ColumnRole {
  if (name === wishes.target) return 'target';
  if (name === wishes.group) return 'group';
  if (name === wishes.time) return 'time';
  return wishes.ignore?.includes(name) || type === 'id' || present === 0 ? 'ignored' : 'feature';
}

const isWatched = (name: string, { sensitive, judged }: ColumnWishes): boolean =>
  sensitive?.includes(name) === true || judged?.includes(name) === true;

function checkWishes({ names, shown }: Source, wishes: ColumnWishes): void {
  const { target, group, time, ignore = [], sensitive = [], judged = [], types = {} } = wishes;
  const named: [string, string | null | undefined][] = [
    ['target', target],
    ['group', group],
    ['time', time],
    ...ignore.map((name): [string, string] => ['ignore', name]),
    ...sensitive.map((name): [string, string] => ['sensitive', name]),
    ...judged.map((name): [string, string] => ['constraints', name]),
    ...Object.keys(types).map((name): [string, string] => ['types', name]),
  ];
  for (const [key, name] of named) {
    if (typeof name !== 'string' || names.includes(name)) continue;
    throw new UserError(
      key === 'target' ? 'target-missing' : 'column-missing',
      `\`${key}\` names the column "${name}", which is not in the data.`,
      {
        place: { file: shown },
        advice: nameAdvice(name, names),
      },
    );
  }
  for (const [key, name] of [
    ['group', group],
    ['time', time],
  ] as const) {
    if (name && name === target) throw roleClash(shown, name, key);
  }
  if (target !== undefined && ignore.includes(target)) throw roleClash(shown, target, 'ignore');
  if (group && group === time) throw roleClash(shown, group, 'group', 'time');
}

const roleClash = (shown: string, name: string, key: string, other = 'target') =>
  new UserError('column-roles', `"${name}" is named by both \`${other}\` and \`${key}\`.`, {
    place: { file: shown },
    advice: `Take it out of one of them.`,
  });

/** What a person sees of a column: counted from its values, or by the database where it was not read. */
export async function columnInfo(source: Source, plan: ColumnPlan, column: Column | undefined): Promise<ColumnInfo> {
  const { profile, type, reason, role } = plan;
  const facts = { name: profile.name, type, reason, role };
  if (column) return { ...facts, ...describeColumn(column) };
  const frequent = await source.database.rows(
    `SELECT v, count(*)::DOUBLE FROM (SELECT c${profile.position} AS v FROM ${partOf(profile.position)}) WHERE v IS NOT NULL
     GROUP BY v ORDER BY count(*) DESC, v LIMIT 50`,
  );
  return {
    ...facts,
    missing: profile.rows - profile.present,
    distinct: profile.distinct,
    levels: frequent.map(([level, count]) => ({ level: String(level), count: Number(count) })),
  };
}
