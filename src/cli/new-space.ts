import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** As much as workers have, in bytes: both halves of it. */
const enough = 2 * 8 * 2 ** 20;

/**
 * Keeps the space for new objects from growing where it is large enough; to be called now and then. By itself V8 lets it grow to 128 MB,
 * nearly all of them garbage, and takes no limit from a program that has begun.
 */
export function limitNewSpace(): void {
  const size = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
  setFlagsFromString(`--semi-space-growth-factor=${size < enough ? 2 : 1}`);
}
