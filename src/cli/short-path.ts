import { isAbsolute, relative, sep } from 'node:path';

/** A file below the current folder as a person there would write it; any other as it is. */
export function shortPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const short = relative(process.cwd(), path);
  return short === '' || short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}
