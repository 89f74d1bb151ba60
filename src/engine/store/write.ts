/** Runs `work` in one transaction that also moves the study's sequence on. */
export type Write = <T>(study: number, work: () => T) => T;
