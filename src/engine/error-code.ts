/** Whether Node or the system says one of these of the error: 'ENOENT', 'ERR_STREAM_PREMATURE_CLOSE'. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(error.code as string);
