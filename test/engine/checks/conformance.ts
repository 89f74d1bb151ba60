import assert from 'node:assert/strict';
import { contextOf } from '../../../src/engine/checks/check-data.ts';
import type { CheckContext, CheckedData, CheckOutcome, DataCheck } from '../../../src/engine/checks/data-check.ts';
import { severities } from '../../../src/shared/results/data-findings.ts';
import { classesBy, dataset, numeric, parted, sound, soundNumbers, soundTable } from './tables.ts';

const never = new AbortController().signal;

/** The check's answer; nothing where it says that such data do not suit it. */
async function outcome(
  check: DataCheck,
  data: CheckedData,
  context: CheckContext = contextOf(1, never),
): Promise<CheckOutcome> {
  return check.unsuited?.(data) === undefined ? check.run(data, context) : { findings: [] };
}

const clean = () => parted(sound(600));

/** Something of everything: a leaking, a constant and an identifying column, repeats, gaps, an order. */
function spoilt(): CheckedData {
  const { columns, score } = soundTable(300);
  const sorted = [...score].sort((a, b) => a - b);
  const all = [
    ...columns,
    numeric(
      'constant',
      score.map(() => 1),
    ),
    numeric(
      'row',
      score.map((_, row) => row),
      'integer',
    ),
    numeric(
      'leak',
      sorted.map((value, row) => (row % 3 === 0 && value > 0 ? Number.NaN : value)),
    ),
  ];
  const data = parted(dataset(all, classesBy(sorted)));
  return { ...data, test: data.development };
}

/** What every data check promises; each throws an AssertionError where the promise is broken. */
export const dataCheckChecks: Readonly<Record<string, (check: DataCheck) => Promise<void>>> = {
  async 'has a name, a title and a question'(check) {
    assert.match(check.name, /^[a-z][a-z-]+$/);
    assert.match(check.title, /^[A-Z]/);
    assert.match(check.asks, /^[A-Z].*\?$/);
  },
  async 'finds nothing in sound data'(check) {
    assert.deepEqual((await outcome(check, clean())).findings, []);
    assert.deepEqual((await outcome(check, parted(soundNumbers(600)))).findings, []);
  },
  async 'tells its figure and its bound, which sound data keep'(check) {
    for (const data of [clean(), parted(soundNumbers(600))]) {
      if (check.unsuited?.(data) !== undefined) continue;
      const { figure } = await outcome(check, data);
      assert.ok(figure, 'no figure');
      const { value, bound } = figure;
      assert.ok(
        Number.isFinite(value) && (bound.is === 'at most' ? value <= bound.value : value >= bound.value),
        JSON.stringify(figure),
      );
    }
  },
  async 'the same seed gives the same findings'(check) {
    const first = await outcome(check, spoilt(), contextOf(3, never));
    assert.deepEqual(await outcome(check, spoilt(), contextOf(3, never)), first);
  },
  async 'findings survive JSON and are whole'(check) {
    const { findings } = await outcome(check, spoilt());
    assert.deepEqual(JSON.parse(JSON.stringify(findings)), findings);
    for (const { check: name, severity, message, evidence, rows } of findings) {
      assert.equal(name, check.name);
      assert.ok(severities.includes(severity));
      assert.match(message, /^["A-Z0-9].*\.$/, message);
      assert.ok(!/undefined|NaN|not measured/.test(message), message);
      assert.ok(Number.isFinite(evidence.value) && Number.isFinite(evidence.threshold), JSON.stringify(evidence));
      assert.ok(evidence.p === undefined || (evidence.p >= 0 && evidence.p <= 1));
      assert.ok(!rows || (rows.positions.length <= 100 && rows.count >= rows.positions.length));
    }
  },
  async 'leaves its inputs as they are'(check) {
    const data = spoilt();
    const before = structuredClone(data);
    await outcome(check, data);
    assert.deepEqual(data, before);
  },
  async 'one column, one row of test, a column of gaps'(check) {
    const { score } = soundTable(60);
    const one = parted(dataset([numeric('x', score)], classesBy(score)));
    await outcome(check, one);
    await outcome(check, { ...one, test: null });
    const gaps = parted(
      dataset(
        [
          numeric(
            'gaps',
            score.map(() => Number.NaN),
          ),
        ],
        classesBy(score),
      ),
    );
    await outcome(check, gaps);
  },
};

/** Work that a check may do before it hears the signal, in calls of `throwIfAborted`: that it asks at all is what counts. */
export async function stopsOnSignal(check: DataCheck): Promise<void> {
  if (check.cost !== 'model') return;
  const data = parted(sound(300));
  if (check.unsuited?.(data) !== undefined) return;
  await assert.rejects(check.run(data, contextOf(1, AbortSignal.abort())), { name: 'AbortError' });
}
