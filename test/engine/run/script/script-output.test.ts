import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readScriptLine } from '../../../../src/engine/run/script/script-output.ts';

test('NaN and Infinity are numbers where Python writes them, and text inside of strings', () => {
  const cases: readonly [string, unknown][] = [
    ['{"step": 2, "loss": NaN}', { kind: 'step', step: 2, value: Number.NaN }],
    ['{"value": -Infinity}', { kind: 'result', metrics: { loss: Number.NEGATIVE_INFINITY } }],
    ['{"note": "lr: NaN, so what", "step": 1, "loss": NaN}', { kind: 'step', step: 1, value: Number.NaN }],
    ['{"value": "NaN"}', { kind: 'result', metrics: { loss: Number.NaN } }],
  ];
  for (const [line, said] of cases) assert.deepEqual(readScriptLine(line, 'loss'), said, line);
});

test('what is no JSON object is for the log', () => {
  for (const line of ['', 'epoch 3: loss 0.4', '{"step": 1', '[{"step": 1}]', '{"$number": "1"}', '{NaN}'])
    assert.deepEqual(readScriptLine(line, 'loss'), { kind: 'log' }, line);
});
