/** The first fold's model is the one that is inspected; the others stand beside it. */
export const foldFolder = (modelFolder: string, fold: number): string =>
  fold === 0 ? modelFolder : `${modelFolder}-fold-${fold}`;
