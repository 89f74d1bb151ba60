/** Where in a file a message points; line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * An error that a person can mend: bad input, a missing file, a full disk. Shown as one message and never with a stack;
 * the command exits with 1. Anything else that is thrown is a fault of ours (exit code 2).
 */
export class UserError extends Error {
  readonly code: string;
  readonly place?: Place;
  /** What to do about it. */
  readonly advice?: string;

  constructor(code: string, message: string, options: { place?: Place; advice?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.place = options.place;
    this.advice = options.advice;
  }
}

/** How a run says that it failed for no fault of the person's. */
export const ownFault = "A fault of Vitrine's own";

/** `file:line:column`, as far as it is known; the form that terminals make clickable. */
export const placeWords = (place: Place): string =>
  [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(':');

/** 'penguins.vitrine.yaml:3:11: unknown column "specie". Did you mean "species"?' */
export const faultWords = (error: UserError): string =>
  [error.place && `${placeWords(error.place)}:`, error.message, error.advice].filter(Boolean).join(' ');

/** Why something failed, with what to do about it where that is known. */
export const reasonWords = (error: Error): string => (error instanceof UserError ? faultWords(error) : error.message);
