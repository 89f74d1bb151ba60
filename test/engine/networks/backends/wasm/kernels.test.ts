import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  cos,
  engine,
  fused,
  gather,
  matMul,
  reshape,
  sin,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { startWasm } from '../../../../../src/engine/networks/backends/wasm/start-wasm.ts';
import { createRandom } from '../../../../../src/engine/random.ts';
import { assertClose, onBoth } from './compare-backends.ts';

const random = createRandom(7);
const normals = (shape: number[]) => {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal());
  return () => tensor(values, shape);
};

describe('BatchMatMul', () => {
  const sizes = [
    [1, 1, 1],
    [4, 8, 8],
    [5, 7, 9],
    [3, 2, 10],
    [13, 300, 17],
    [64, 128, 16],
  ];
  for (const [rows, inner, columns] of sizes) {
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      test(`[${rows} x ${inner}] times [${inner} x ${columns}], transposed: ${transposeA}, ${transposeB}`, async () => {
        const a = normals(transposeA ? [inner, rows] : [rows, inner]);
        const b = normals(transposeB ? [columns, inner] : [inner, columns]);
        const { wasm, cpu } = await onBoth(() => matMul(a(), b(), transposeA, transposeB));
        assertClose(wasm, cpu);
      });
    }
  }

  test('leading axes broadcast', async () => {
    await startWasm();
    const [a, b] = [normals([2, 1, 3, 4])(), normals([5, 4, 6])()];
    const all = matMul(a, b);
    assert.deepEqual(all.shape, [2, 5, 3, 6]);
    for (const [i, j] of [
      [0, 0],
      [1, 0],
      [0, 4],
      [1, 3],
    ]) {
      const expected = matMul(reshape(gather(a, [i]), [3, 4]) as Tensor2D, reshape(gather(b, [j]), [4, 6]) as Tensor2D);
      const from = (i * 5 + j) * 18;
      assertClose(all.dataSync<'float32'>().slice(from, from + 18), expected.dataSync<'float32'>());
    }
  });

  test('a row has the same bits whatever rows are beside it', async () => {
    const all = normals([7, 33])();
    const b = normals([33, 11])();
    const { wasm } = await onBoth(() => matMul(all, b));
    const values = all.dataSync<'float32'>();
    for (let row = 0; row < 7; row++) {
      const alone = matMul(tensor(values.slice(row * 33, row * 33 + 33), [1, 33]), b).dataSync<'float32'>();
      assert.deepEqual(alone, wasm.slice(row * 11, row * 11 + 11));
    }
  });

  test('shapes that do not fit are refused', () => {
    assert.throws(() => matMul(tensor([1, 2], [1, 2]), tensor([1, 2, 3], [3, 1])));
  });
});

describe('_FusedMatMul', () => {
  for (const activation of ['linear', 'relu', 'elu', 'sigmoid'] as const) {
    test(activation, async () => {
      const [a, b, bias] = [normals([9, 5]), normals([5, 11]), normals([11])];
      const { wasm, cpu } = await onBoth(() => fused.matMul({ a: a(), b: b(), bias: bias(), activation } as never));
      assertClose(wasm, cpu);
    });
  }
});

describe('Cos and Sin', () => {
  for (const [name, f, exact] of [
    ['cosine', cos, Math.cos],
    ['sine', sin, Math.sin],
  ] as const) {
    for (const size of [3, 4, 1001]) {
      test(`${name} of ${size} numbers`, async () => {
        await startWasm();
        for (const largest of [1, 4, 30, 9999]) {
          const values = Float32Array.from({ length: size }, (_, i) => (largest * (2 * i - size)) / size);
          const wave = f(tensor(values)).dataSync<'float32'>();
          assertClose(wave, values.map(exact), largest > 100 ? 1e-6 : 3e-7);
        }
      });
    }
  }
});

describe('Silu and SiluGrad', () => {
  const exact = (x: number) => x / (1 + Math.exp(-x));
  const slope = (x: number) => (1 + x * (1 - 1 / (1 + Math.exp(-x)))) / (1 + Math.exp(-x));
  for (const largest of [0.01, 1, 10, 86, 1000]) {
    test(`numbers up to ${largest}`, async () => {
      await startWasm();
      const values = Float32Array.from({ length: 1003 }, (_, i) => (largest * (2 * i - 1003)) / 1003);
      const x = tensor(values);
      const [y, dx] = [
        engine().runKernel('Silu', { x }),
        engine().runKernel('SiluGrad', { x, dy: tensor(new Float32Array(1003).fill(2)) }),
      ].map((each) => (each as Tensor).dataSync<'float32'>());
      assertClose(y, values.map(exact), 3e-7);
      assertClose(
        dx,
        values.map((value) => 2 * slope(value)),
        1e-6,
      );
    });
  }
});

describe('Sum', () => {
  const cases = [
    { shape: [5, 8], axis: 0 },
    { shape: [5, 7], axis: 0 },
    { shape: [5, 7], axis: 1 },
    { shape: [3, 4, 5], axis: 0 },
    { shape: [1, 4], axis: 0 },
  ];
  for (const { shape, axis } of cases) {
    for (const keepDimensions of [false, true]) {
      test(`[${shape}] along ${axis}${keepDimensions ? ', kept' : ''}`, async () => {
        const x = normals(shape);
        const { wasm, cpu } = await onBoth(() => sum(x(), axis, keepDimensions));
        assertClose(wasm, cpu);
      });
    }
  }
});

describe('UnsortedSegmentSum', () => {
  test('as on the cpu, ids out of range left out', async () => {
    const x = normals([6, 3]);
    const ids = () => tensor([2, 0, 2, 4, -1, 9], [6], 'int32') as never;
    const { wasm, cpu, shape } = await onBoth(() => unsortedSegmentSum(x(), ids(), 5));
    assert.deepEqual(shape, [5, 3]);
    assertClose(wasm, cpu);
  });

  test('is the gradient of gather, by finite differences', async () => {
    const indices = [1, 0, 1, 1];
    const w = normals([4, 2])().dataSync<'float32'>();
    const gathered = (table: number[]) =>
      indices.reduce((total, id, i) => total + w[2 * i] * table[2 * id] + w[2 * i + 1] * table[2 * id + 1], 0);
    const table = [0.3, -1, 2, 0.5, 7, 7];
    const slope = table.map((_, i) => {
      const moved = (by: number) => gathered(table.map((value, j) => (j === i ? value + by : value)));
      return (moved(0.5) - moved(-0.5)) / 1;
    });
    const { wasm } = await onBoth(() =>
      unsortedSegmentSum(tensor(w, [4, 2]), tensor(indices, [4], 'int32') as never, 3),
    );
    assertClose(wasm, slope);
  });

  test('one id a row is needed', async () => {
    await startWasm();
    const run = () => unsortedSegmentSum(tensor([1, 2, 3]), tensor([0, 1], [2], 'int32') as never, 2);
    assert.throws(run, /one id a row/);
  });
});

/** Runs a kernel on copies of these arrays; what comes out and what became of them. */
function runUpdate(kernel: string, arrays: Record<string, number[]>, attributes: Record<string, number>) {
  const names = Object.keys(arrays);
  const tensors = names.map((name) => tensor(arrays[name]));
  const inputs = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
  const out = engine().runKernel(kernel, inputs, attributes) as Tensor;
  const after = Object.fromEntries(names.map((name, i) => [name, tensors[i].dataSync<'float32'>()]));
  return { out: out.dataSync<'float32'>(), after, isNew: tensors.every((each) => each.dataId !== out.dataId) };
}

describe('AdamUpdate', () => {
  const [weight, gradient, first] = [0, 1, 2].map(() => Array.from({ length: 11 }, () => random.normal()));
  const second = first.map((m) => m * m + 0.1);
  const settings = { rate: 0.1, secondCorrection: 1.5, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, keep: 0.99 };

  test("Kingma and Ba's formula, in the vector part and in the rest", () => {
    const m = first.map((value, i) => 0.9 * value + 0.1 * gradient[i]);
    const v = second.map((value, i) => 0.95 * value + 0.05 * gradient[i] ** 2);
    const expected = weight.map((w, i) => 0.99 * w - (0.1 * m[i]) / (Math.sqrt(v[i]) * 1.5 + 1e-8));
    const { out, after } = runUpdate('AdamUpdate', { weight, gradient, first, second }, settings);
    assertClose(out, expected, 1e-6);
    assertClose(after.first, m, 1e-6);
    assertClose(after.second, v, 1e-6);
  });

  test('the old weight stays as it was, for XNNPACK remembers it by its id', () => {
    const { after, isNew } = runUpdate('AdamUpdate', { weight, gradient, first, second }, settings);
    assertClose(after.weight, weight, 1e-7);
    assert.ok(isNew);
  });
});

describe('MomentumUpdate', () => {
  test("Nesterov's step", () => {
    const arrays = { weight: [1, 2], gradient: [0.5, -1], velocity: [1, 1] };
    const { out, after } = runUpdate('MomentumUpdate', arrays, { rate: 0.1, momentum: 0.9, keep: 1 });
    assertClose(after.velocity, [1.4, -0.1]);
    assertClose(out, [1 - 0.1 * (0.5 + 0.9 * 1.4), 2 - 0.1 * (-1 + 0.9 * -0.1)]);
  });
});
