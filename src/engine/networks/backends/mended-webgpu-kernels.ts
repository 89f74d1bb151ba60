import {
  add,
  Cast,
  Cos,
  engine,
  floor,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  mul,
  registerKernel,
  Sin,
  square,
  sub,
  type Tensor,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

/** What tfjs-backend-webgpu 4.22 computes otherwise than the other backends, put right. Its own kernels must be registered. */
export function mendWebgpuKernels(): void {
  replace(
    Sin,
    () =>
      ({ inputs }) =>
        sine(inputs.x as Tensor),
  );
  replace(
    Cos,
    () =>
      ({ inputs }) =>
        sine(add(inputs.x as Tensor, Math.PI / 2)),
  );
  replace(Cast, castForGood);
}

function replace(kernelName: string, create: (stock: KernelFunc) => KernelFunc): void {
  const stock: KernelConfig | undefined = getKernel(kernelName, 'webgpu');
  if (!stock) throw new Error(`the webgpu backend came without its ${kernelName}`);
  unregisterKernel(kernelName, 'webgpu');
  registerKernel({ kernelName, backendName: 'webgpu', kernelFunc: create(stock.kernelFunc) });
}

/** The stock cast of whole numbers to floats only renames them; programs that read their memory then do not compile. */
const castForGood =
  (stock: KernelFunc): KernelFunc =>
  (call) => {
    const cast = stock(call) as TensorInfo;
    const isRenamed = (call.inputs.x as TensorInfo).dtype !== 'float32' && cast.dtype === 'float32';
    return isRenamed ? mul(engine().makeTensorFromTensorInfo(cast), 1) : cast;
  };

/** Powers of r in the series of sin(r), from the highest: the rest is below 1e-7 for |r| <= pi / 2. */
const series = [-1 / 39_916_800, 1 / 362_880, -1 / 5_040, 1 / 120, -1 / 6, 1];

/** Pi in two parts, the first of so few bits that small multiples of it are exact in 32 bits. */
const [piHigh, piLow] = [3.140625, Math.PI - 3.140625];

/** WGSL promises its own sine to 2^-11 only. sin(x) = (-1)^k sin(x - k pi), with k such that the series is short. */
function sine(x: Tensor): Tensor {
  const k = floor(add(mul(x, 1 / Math.PI), 0.5));
  const r = sub(sub(x, mul(k, piHigh)), mul(k, piLow));
  const isOdd = sub(k, mul(floor(mul(k, 0.5)), 2));
  const sign = sub(1, mul(isOdd, 2));
  const squared = square(r);
  const [first, ...others] = series;
  let sum: Tensor = add(mul(squared, first), others[0]);
  for (const coefficient of others.slice(1)) sum = add(mul(sum, squared), coefficient);
  return mul(mul(sum, r), sign);
}
