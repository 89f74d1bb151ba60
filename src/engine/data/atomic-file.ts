import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { UserError } from '../../shared/faults.ts';
import { hasCode } from '../error-code.ts';

/**
 * Writes a file beside its place and moves it there when it is whole, so that a reader sees the old file or the new one, never a
 * part. Throws a UserError where the disk is full; the old file, if any, is kept.
 * @param create how the new file is opened; another one in tests
 */
export async function writeAtomically(
  path: string,
  write: (file: FileHandle) => Promise<void>,
  create: (path: string) => Promise<FileHandle> = (fresh) => open(fresh, 'wx'),
): Promise<void> {
  const fresh = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await create(fresh);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw isDiskFull(error) ? diskFull(path, error) : error;
  }
}

const isDiskFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT');

const diskFull = (file: string, cause: unknown) =>
  new UserError('disk-full', 'the disk is full: the file could not be written.', {
    place: { file },
    advice: 'Free some space and run again: everything written before is kept.',
    cause,
  });
