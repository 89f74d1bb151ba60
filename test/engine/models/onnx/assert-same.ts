import assert from 'node:assert/strict';
import type { Table } from '../../../../src/engine/data/table.ts';
import { mostProbable } from '../../../../src/engine/metrics/classification.ts';
import type { Model } from '../../../../src/engine/models/model.ts';
import { onnxOf } from '../../../../src/engine/run/onnx-of.ts';
import { runOnnx } from './run-onnx.ts';

/** Equal to 1e-5, of probabilities and of values in deviations, which are about 2 here. */
export async function assertSame(model: Model, rows: Table): Promise<void> {
  const { values } = await model.predict(rows);
  const found = await runOnnx(await onnxOf(model.save()), rows);
  assert.equal(found.values.length, values.length);
  for (let i = 0; i < values.length; i++)
    assert.ok(
      Math.abs(values[i] - found.values[i]) <= 1e-5,
      `number ${i} is ${values[i]} and ${found.values[i]} as ONNX`,
    );
  if (!model.classes) return;
  const labels = mostProbable(values, model.classes.length);
  assert.deepEqual(
    found.label,
    Array.from(labels, (code) => model.classes![code]),
  );
}
