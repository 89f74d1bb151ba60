import colors from 'picocolors';
import { faultWords, UserError } from '../shared/faults.ts';
import { shortPath } from './short-path.ts';

/** The experiment file has faults; each is a line of its own. */
export class FileFaults extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'FileFaults';
    this.lines = lines;
  }
}

/** Exit codes: what was asked cannot be done as it stands (1), or Vitrine itself failed (2). */
export const exitCodes = { done: 0, userError: 1, fault: 2 } as const;

/** Prints what went wrong, for people, and answers with the exit code. */
export function reportFailure(error: unknown, json: boolean): number {
  const { code, lines, exit } = describe(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message: lines.join('\n') } })}\n`);
  for (const line of lines) process.stderr.write(`${colors.red('error')}: ${line}\n`);
  return exit;
}

function shortened({ code, message, place, advice }: UserError): UserError {
  return new UserError(code, message, { place: place && { ...place, file: shortPath(place.file) }, advice });
}

function describe(error: unknown): { code: string; lines: readonly string[]; exit: number } {
  if (error instanceof FileFaults) return { code: 'experiment-file', lines: error.lines, exit: exitCodes.userError };
  if (error instanceof UserError)
    return { code: error.code, lines: [faultWords(shortened(error))], exit: exitCodes.userError };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'fault',
    lines: [`This is a fault of Vitrine, not yours. Please report it with these lines:\n${text}`],
    exit: exitCodes.fault,
  };
}
