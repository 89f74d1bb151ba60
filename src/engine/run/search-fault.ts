/** Abort reason where the store or the disk failed: the running trials are not to blame, and are tried again. */
export class SearchFault extends Error {}
