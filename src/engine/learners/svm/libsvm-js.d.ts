/** The synchronous build of the library, as far as it is used here. */
declare module 'libsvm-js/asm.js' {
  interface Options {
    /** '0': classification with cost C; '3': regression with a tube of half width epsilon. */
    readonly type: '0' | '3';
    /** '0': linear; '2': radial basis function. */
    readonly kernel: '0' | '2';
    readonly cost: number;
    readonly gamma?: number;
    readonly epsilon?: number;
    readonly tolerance?: number;
    /** Megabytes. */
    readonly cacheSize?: number;
    /** Keeps it from printing. */
    readonly quiet: true;
  }

  export default class SVM {
    constructor(options: Options);
    train(samples: ArrayLike<ArrayLike<number>>, labels: ArrayLike<number>): void;
    /** Rows that are support vectors, in the order of the serialised model. */
    getSVIndices(): number[];
    serializeModel(): string;
    free(): void;
  }
}
