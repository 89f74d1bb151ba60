/** A part of a longer text under its own heading. */
export interface Paragraph {
  readonly title: string;
  readonly words: string;
}
