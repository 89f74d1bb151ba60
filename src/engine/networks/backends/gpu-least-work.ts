/**
 * From which work on a GPU is taken to be faster than wasm. A step is some 50 kernels at 10 to 50 microseconds each to start, so about 1 ms or
 * more whatever their size, and our wasm kernels do 2e7 multiplications in 1 ms. Not measured on a GPU: `npm run check:gpu` does.
 */
export const gpuLeastWork = 1e8;
