import { parseDocument, type YAMLParseError } from 'yaml';

/** What the YAML reader complains of; offsets into the text. */
export interface SyntaxProblem {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export const problemOf = ({ code, message, pos }: YAMLParseError): SyntaxProblem => ({
  code,
  message,
  start: pos[0],
  end: pos[1],
});

/** YAML refuses tabs as indentation, and with them all that stands below. One space for each moves no character. */
export function withoutTabs(text: string): { text: string; problems: SyntaxProblem[] } {
  const problems: SyntaxProblem[] = [];
  const mended = text.replace(/^[ \t]*\t[ \t]*(?=[^\s#])/gm, (indent: string, start: number) => {
    problems.push({ code: 'TAB_AS_INDENT', message: 'Tabs as indentation', start, end: start + indent.length });
    return indent.replaceAll('\t', ' ');
  });
  return { text: mended, problems };
}

/** Whether nothing but indentation precedes this place on its line, and another line follows. */
const standsAlone = (text: string, offset: number): boolean =>
  text.indexOf('\n', offset) >= 0 && text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';

/**
 * A key that is being typed has no colon yet, and YAML then reads it and the next line as one long key: everything below would
 * be lost. Such lines get their colon, which moves no line and no character before it.
 */
export function withColons(text: string): { text: string; problems: SyntaxProblem[] } {
  const problems: SyntaxProblem[] = [];
  for (let tries = 0; tries < 8; tries++) {
    const error = parseDocument(text, { prettyErrors: false }).errors.find(
      ({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && standsAlone(text, pos[0]),
    );
    if (!error) break;
    const end = text.indexOf('\n', error.pos[0]);
    problems.push({ ...problemOf(error), end });
    text = `${text.slice(0, end).trimEnd()}:${text.slice(end)}`;
  }
  return { text, problems };
}
