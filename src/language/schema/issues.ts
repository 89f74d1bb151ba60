import type { z } from 'zod';
import type { Path } from '../source.ts';

type ZodIssue = z.core.$ZodIssue;

/** One thing that does not fit the schema, with unions decided. */
export type Issue =
  | { readonly kind: 'unknown-keys'; readonly path: Path; readonly keys: readonly string[] }
  | { readonly kind: 'missing' | 'type' | 'value' | 'range'; readonly path: Path };

const at = (value: unknown, path: Path): unknown => {
  for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step];
  return value;
};

const kindOf = (value: unknown, kind: 'value' | 'type') =>
  value === undefined ? 'missing' : value === null ? 'type' : kind;

/** How far a value is from one alternative of a union; undefined where it is of another kind altogether. */
function distance(issues: readonly ZodIssue[], value: unknown): number | undefined {
  let sum = 0;
  for (const issue of issues) {
    const own = issue.path.length === 0;
    if (own && (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && typeof value !== 'object')))
      return undefined;
    if (own && issue.code === 'invalid_value' && typeof value === 'object') return undefined;
    if (issue.code === 'unrecognized_keys') sum += issue.keys.length;
    else sum += issue.code === 'invalid_value' || at(value, issue.path as Path) === undefined ? 2 : 1;
  }
  return sum;
}

/** The issues of the alternative that was most likely meant. */
function decided(issue: ZodIssue & { code: 'invalid_union' }, root: unknown, base: Path): Issue[] {
  const path = [...base, ...(issue.path as Path)];
  const value = at(root, path);
  const near = issue.errors
    .map((issues) => ({ issues, far: distance(issues, value) }))
    .filter((branch): branch is { issues: ZodIssue[]; far: number } => branch.far !== undefined);
  if (near.length === 0) return [{ kind: 'type', path }];
  const least = Math.min(...near.map(({ far }) => far));
  const best = near.filter(({ far }) => far === least);
  if (best.length === 1) return best[0].issues.flatMap((inner) => issuesOf(inner, root, path));
  const unknown = best.map(({ issues }) =>
    issues.flatMap((inner) => (inner.code === 'unrecognized_keys' ? inner.keys : [])),
  );
  const keys = unknown[0].filter((key) => unknown.every((keysThere) => keysThere.includes(key)));
  return keys.length > 0 ? [{ kind: 'unknown-keys', path, keys }] : [{ kind: 'type', path }];
}

/** What zod complains of, each with its path from the root. */
export function issuesOf(issue: ZodIssue, root: unknown, base: Path = []): Issue[] {
  const path = [...base, ...(issue.path as Path)];
  switch (issue.code) {
    case 'invalid_union':
      return decided(issue, root, base);
    case 'unrecognized_keys':
      return [{ kind: 'unknown-keys', path, keys: issue.keys }];
    case 'invalid_value':
      return [{ kind: kindOf(at(root, path), 'value'), path }];
    case 'too_small':
    case 'too_big':
    case 'not_multiple_of':
      return [{ kind: 'range', path }];
    default:
      return [{ kind: kindOf(at(root, path), 'type'), path }];
  }
}
