import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { codes } from '../../src/language/codes.ts';
import { parseExperiment } from '../../src/language/parse.ts';
import { rules } from '../../src/language/rules/index.ts';
import { Source } from '../../src/language/source.ts';
import { contexts } from './contexts.ts';

suite('rules of the experiment language', () => {
  test('every rule that has a file is in the registry', async () => {
    const folder = join(import.meta.dirname, '../../src/language/rules');
    for (const name of readdirSync(folder).filter((one) => one !== 'index.ts')) {
      const exported = Object.values((await import(`../../src/language/rules/${name}`)) as Record<string, unknown>);
      assert.ok(
        exported.some((one) => rules.some((rule) => rule === one)),
        `${name} exports no rule of rules/index.ts`,
      );
    }
  });

  test('every code belongs to one rule', () => {
    const claimed = rules.flatMap((rule) => rule.codes);
    assert.deepEqual([...claimed].sort(), Object.keys(codes).sort());
  });

  test('a rule tells only what it claims', () => {
    const text =
      'nme: x\ndata: {target: sp, ignore: [sp]}\nlearners: [foo, foo]\nbudget: {time: 0s}\nobjectives: [rmse, {metric: f1, direction: minimize}]\n';
    const source = new Source(text);
    for (const rule of rules)
      for (const { code } of rule.check({ source, context: contexts.penguins }))
        assert.ok(rule.codes.includes(code), code);
  });

  test('without schema checks, faults of structure are not told but still stop a run', () => {
    const { diagnostics, experiment } = parseExperiment('data: {path: a.csv}\n', '/w/a.vitrine.yaml', {
      schemaChecks: false,
    });
    assert.deepEqual(diagnostics, []);
    assert.equal(experiment, undefined);
  });
});
