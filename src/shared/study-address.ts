import type { Direction } from './metrics.ts';

/** What a person says of a study that somebody else's program wrote, where its file alone does not tell. */
export interface ImportWishes {
  /** Which of several studies in the file. */
  readonly study?: string;
  /** The columns or metrics that are objectives, the first ranks. */
  readonly values?: readonly string[];
  /** One an objective; one alone speaks for all. */
  readonly directions?: readonly Direction[];
}

/**
 * A study of others is named by its file's path and, where that is not enough, by what of it is meant, as in a web address:
 * `runs.db#study=second`, `runs.csv#value=loss&direction=maximize`. Every operation takes such an address for its `file`.
 */
export function studyAddress(path: string, { study, values = [], directions = [] }: ImportWishes): string {
  const parts = [
    ...(study === undefined ? [] : [['study', study]]),
    ...values.map((value) => ['value', value]),
    ...directions.map((direction) => ['direction', direction]),
  ];
  const words = parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
  return words === '' ? path : `${path}#${words}`;
}

const suffix = /#((?:study|value|direction)=[^#/\\]*)$/;

/** The path of an address. */
export const addressPath = (address: string): string => address.replace(suffix, '');

/** What an address says beyond its path; a path without more says nothing. */
export function addressWishes(address: string): ImportWishes {
  const parts = new URLSearchParams(suffix.exec(address)?.[1].replaceAll('+', '%2B') ?? '');
  const values = parts.getAll('value');
  const directions = parts.getAll('direction').filter((word) => word === 'minimize' || word === 'maximize');
  const study = parts.get('study');
  return {
    ...(study !== null && { study }),
    ...(values.length > 0 && { values }),
    ...(directions.length > 0 && { directions }),
  };
}
