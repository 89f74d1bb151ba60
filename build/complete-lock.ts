// `node build/complete-lock.ts`, after npm has written the lock file: adds the optional packages of other platforms
// that npm left out because the registry at hand does not have them. Without them `npm ci` refuses the lock file.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './run.ts';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The platform that a package's name ends with, such as linux-arm64-musl. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } {
  const match = /-(android|darwin|freebsd|linux|win32)-(arm64|arm|ia32|x64)(?:-(musl))?$/.exec(name);
  if (match === null) throw new Error(`${name} is optional, not in the lock file, and its name tells no platform.`);
  const [, os, cpu, libc] = match;
  return { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) };
}

const path = join(root, 'package-lock.json');
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(await readFile(path, 'utf8'));
const added: string[] = [];
for (const { dev, optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] !== undefined) continue;
    lock.packages[place] = { version, ...(dev && { dev }), optional: true, ...platformOf(name) } as LockedPackage;
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
await writeFile(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock file is complete.' : `Added to the lock file: ${added.join(', ')}.`);
