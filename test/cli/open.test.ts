import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { folderWith, succeeds, vitrine } from './command-line.ts';

const fixtures = join(import.meta.dirname, '../engine/models/onnx/fixtures');
const model = (name: string) => readFileSync(join(fixtures, `${name}.onnx`));

describe('an ONNX model on the command line', () => {
  let folder: string;
  let printed: string;
  before(async () => {
    const { a, b, color, two } = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
    const rows = a.map((_: number, i: number) => [a[i], b[i], color[i], two[i]].join(','));
    folder = folderWith({
      'rows.csv': `a,b,color,two\n${rows.join('\n')}\n`,
      'pipeline.onnx': model('sklearn-columns'),
      'logits.onnx': model('logits'),
    });
    printed = await succeeds(folder, 'open', 'pipeline.onnx', '--data', 'rows.csv', '--target', 'two');
  });

  it('is judged beside the constant baseline, explained and attacked', () => {
    assert.match(printed, /^1\s+1\s+onnx\s/m);
    assert.match(printed, /^2\s+0\s+constant\s/m);
    assert.match(printed, /^What matters to trial 1 \(onnx\)$/m);
    assert.match(printed, /^Row \d+: .* turns? [01] into [01]/m);
  });

  it('answers the other commands under its own name', async () => {
    assert.match(await succeeds(folder, 'trials', 'pipeline.onnx'), /onnx\s+complete/);
    const words = await succeeds(folder, 'predict', 'pipeline.onnx', 'rows.csv', '-o', 'out.csv', '--trial', '1');
    assert.match(words, /^Wrote 60 predictions by trial 1 \(onnx\) to out\.csv\.\n$/);
  });

  it('that does not fit the table says why, and ends with 1', async () => {
    const { code, err } = await vitrine(folder, 'open', 'logits.onnx', '--data', 'rows.csv', '--target', 'two');
    assert.equal(code, 1);
    assert.match(
      err,
      /logits\.onnx: none of the model's outputs can be the probabilities of 2 classes.* Export it with one output/,
    );
  });
});
