import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { experimentExample, experimentFiles } from '../../build/experiment-docs.ts';
import { parseExperiment } from '../../src/language/parse.ts';
import { Source } from '../../src/language/source.ts';
import { experimentJsonSchema, type JsonSchema } from '../../src/shared/experiment/json-schema.ts';
import { experimentSchema } from '../../src/shared/experiment/schema.ts';

const root = join(import.meta.dirname, '../..');

function withoutDescription(schema: JsonSchema, path: string): string[] {
  const keys = Object.entries(schema.properties ?? {});
  return keys.flatMap(([key, inner]) => [
    ...(inner.description ? [] : [`${path}${key}`]),
    ...withoutDescription(inner, `${path}${key}.`),
  ]);
}

suite('what is made from the schema of the experiment file', () => {
  for (const { path, text } of experimentFiles())
    test(`${path} is up to date`, () => {
      const message = `${path} is out of date: make it again with node build/experiment-docs.ts`;
      assert.ok(readFileSync(join(root, path), 'utf8') === text, message);
    });

  test('the example of the page has no fault', () => {
    assert.deepEqual(parseExperiment(experimentExample, '/work/a.vitrine.yaml').diagnostics, []);
  });

  test('every key is described', () => {
    assert.deepEqual(withoutDescription(experimentJsonSchema, ''), []);
  });

  test('the JSON Schema accepts and refuses what the schema does', () => {
    const schema = JSON.parse(experimentFiles()[0].text);
    const asJson = z.fromJSONSchema(schema);
    const folder = join(import.meta.dirname, 'goldens');
    const verdicts = { accepted: 0, refused: 0 };
    for (const name of readdirSync(folder).filter((one) => one.startsWith('diagnose') && one.endsWith('.yaml'))) {
      const source = new Source(readFileSync(join(folder, name), 'utf8'));
      if (source.problems.length > 0) continue;
      const wanted = experimentSchema.safeParse(source.value).success;
      assert.equal(asJson.safeParse(source.value).success, wanted, name);
      verdicts[wanted ? 'accepted' : 'refused']++;
    }
    assert.ok(asJson.safeParse(parse(experimentExample)).success);
    assert.ok(verdicts.accepted > 10 && verdicts.refused > 5, JSON.stringify(verdicts));
  });
});
