/** The variable that names the socket on which the test program waits for the extension hosts of its windows. */
export const socketVariable = 'VITRINE_TEST_DRIVER';

/** The first line an extension host writes: which window it belongs to. */
export interface Hello {
  readonly folder: string;
}

/** What a test asks of an extension host; one line of JSON. */
export type Request =
  | { readonly id: number; readonly do: 'command'; readonly command: string; readonly parameters: readonly unknown[] }
  | { readonly id: number; readonly do: 'open'; readonly path: string }
  | { readonly id: number; readonly do: 'configure'; readonly key: string; readonly value: unknown };

export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}
