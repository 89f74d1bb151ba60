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
    const { a, b, color, two, three } = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
    const rows = a.map((_: number, i: number) => [a[i], b[i], color[i], two[i], three[i]].join(','));
    folder = folderWith({
      'rows.csv': `a,b,color,two,three\n${rows.join('\n')}\n`,
      'pipeline.onnx': model('sklearn-columns'),
      'logits.onnx': model('logits'),
      'torch.onnx': model('torch'),
    });
    printed = await succeeds(
      folder,
      'open',
      'pipeline.onnx',
      '--data',
      'rows.csv',
      '--target',
      'two',
      '--ignore',
      'three',
    );
  });

  it('is judged beside the constant baseline, explained and attacked', () => {
    assert.match(printed, /^1\s+1\s+onnx\s/m);
    assert.match(printed, /^2\s+0\s+constant\s/m);
    assert.match(printed, /^What matters to trial 1 \(onnx\)$/m);
    assert.match(printed, /^Row \d+: .* turns? [01] into [01]/m);
  });

  it('answers the other commands under its own name', async () => {
    assert.match(await succeeds(folder, 'trials', 'pipeline.onnx'), /onnx\s+complete/);
    const words = await succeeds(folder, 'predict', 'pipeline.onnx', 'rows.csv', '-o', 'out.csv');
    assert.match(
      words,
      /^Wrote 60 predictions by trial 1 \(onnx\) to out\.csv\.\nA column is left alone, .*"three"\.\n$/,
    );
  });

  it('may be what PyTorch exports: two outputs, of which one is meant', async () => {
    const words = ['torch.onnx', '--data', 'rows.csv', '--target', 'three', '--ignore', 'color,two'];
    assert.match(await succeeds(folder, 'open', ...words), /^1\s+1\s+onnx\s/m);
  });

  it('that has not been opened is told how', async () => {
    const { code, err } = await vitrine(folder, 'predict', 'logits.onnx', 'rows.csv', '-o', 'none.csv');
    assert.equal(code, 1);
    assert.match(err, /logits\.onnx: this model has not been opened yet\. Open it first, .*vitrine open MODEL\.onnx/);
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
