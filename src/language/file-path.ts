const windows = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/** An absolute path: as given where it is one, else from the folder of `file` (itself absolute). Both ways of writing paths work on Windows. */
export function besideFile(file: string, path: string): string {
  const onWindows = windows.test(file);
  if (path.startsWith('/') || windows.test(path)) return path;
  const separator = onWindows ? '\\' : '/';
  const parts = file.split(onWindows ? /[\\/]/ : '/').slice(0, -1);
  for (const part of path.split(onWindows ? /[\\/]/ : '/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.' && part !== '' && part !== '..') parts.push(part);
  }
  return parts.join(separator);
}

/** 'penguins' of '/data/penguins.vitrine.yaml' */
export const nameOfFile = (file: string): string =>
  (file.split(/[\\/]/).pop() ?? file).replace(/(?:\.vitrine)?\.ya?ml$/i, '') || 'experiment';
