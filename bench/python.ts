import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A Python with these pinned packages, in a virtual environment of its own (.venv, outside git), set up with pip on first use. */
export function pythonWith(name: string, requirements: readonly string[]): string {
  const folder = fileURLToPath(new URL(`../.venv/${name}`, import.meta.url));
  const program = `${folder}/bin/python`;
  // Written last: a set-up that was cut off, or was made for other packages, is made again.
  const done = `${folder}/set-up`;
  const wanted = requirements.join('\n');
  if (!existsSync(done) || readFileSync(done, 'utf8') !== wanted) {
    execFileSync('python3', ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
    execFileSync(program, ['-m', 'pip', 'install', '--quiet', ...requirements], { stdio: 'inherit' });
    writeFileSync(done, wanted);
  }
  return program;
}
