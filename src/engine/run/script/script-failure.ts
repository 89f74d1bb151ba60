/** A program that failed its trial, in words for the person who wrote it. */
export class ScriptFailure extends Error {}

/** How a program ended: with an exit code, by a signal, or never begun. */
export type ScriptExit =
  | { readonly code: number | null; readonly signal: string | null }
  | { readonly never: NodeJS.ErrnoException };

/** Lines of standard error that a message quotes. */
const quotedLines = 4;

/** Why a program that ended so has failed; undefined where it has not. */
export function exitFailure(exit: ScriptExit, program: string, lastWords: string): ScriptFailure | undefined {
  if ('never' in exit) return new ScriptFailure(neverWords(exit.never, program));
  if (exit.code === 0) return undefined;
  const how = exit.signal === null ? `with exit code ${exit.code}` : `by the signal ${exit.signal}`;
  const said = lastWords.trim().split('\n').slice(-quotedLines).join(' | ').trim();
  return new ScriptFailure(`The program ended ${how}${said === '' ? ' and said nothing.' : `: ${said}`}`);
}

function neverWords({ code, message }: NodeJS.ErrnoException, program: string): string {
  if (code === 'ENOENT')
    return `The program "${program}" was not found. Check the first word of \`script.command\`, and the PATH.`;
  if (code === 'EACCES')
    return `"${program}" may not be executed. Begin the command with its interpreter, such as python.`;
  return `The program "${program}" could not be started: ${message}.`;
}

/** The failure of a program that ended well but left no value. */
export function withoutResult(
  lines: number,
  last: string,
  objectives: readonly string[],
  got: readonly string[],
): ScriptFailure {
  const [first] = objectives;
  const form = first === 'value' ? '{"value": 0.5}' : `{"metrics": {"${first}": 0.5}}`;
  const advice = `Print ${form} as its last line.`;
  if (got.length > 0) {
    const missing = objectives.filter((name) => !got.includes(name));
    return new ScriptFailure(
      `The program printed ${got.join(', ')}, but not ${missing.join(', ')}, which the experiment optimises. ${advice}`,
    );
  }
  if (lines === 0) return new ScriptFailure(`The program printed nothing, so it has no value. ${advice}`);
  const shown = last.length > 80 ? `${last.slice(0, 80)}...` : last;
  return new ScriptFailure(
    `The program printed ${lines} line(s), none of them its value. ${advice} Its last line: ${shown}`,
  );
}
