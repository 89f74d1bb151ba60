import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { answerRows, answerTable, folderWith, program, quickSearch, succeeds } from './command-line.ts';

test('a reader that has seen enough ends the command without a word', async () => {
  const folder = folderWith({
    'data.csv': answerTable(answerRows(60)),
    'e.vitrine.yaml': `data: {path: data.csv, target: answer, split: {validation: {folds: 2}}}\n${quickSearch}`,
  });
  await succeeds(folder, 'run', 'e.vitrine.yaml');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, 'trials', 'e.vitrine.yaml'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout.destroy();
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  assert.deepEqual([code, errors], [0, '']);
});
