/**
 * How long a form waits for its answer: node bench/what-if.ts
 * A row is edited again and again, as keys are pressed, in a process that has the model in its memory.
 */
import type { Dataset } from '../src/engine/data/dataset.ts';
import { takeDataset } from '../src/engine/data/dataset.ts';
import type { Column } from '../src/engine/data/table.ts';
import { type WhatIfWishes, whatIf } from '../src/engine/explain/what-if/what-if.ts';
import { boosting } from '../src/engine/learners/boosting/boosting.ts';
import { ebm } from '../src/engine/learners/ebm/ebm.ts';
import type { Learner } from '../src/engine/learners/learner.ts';
import { logistic } from '../src/engine/learners/linear/logistic.ts';
import { prepared } from '../src/engine/preparation/prepared-learner.ts';
import { createRandom } from '../src/engine/random.ts';
import type { Params } from '../src/shared/space.ts';

const { signal } = new AbortController();

/** Numbers of which the first three decide between two classes. */
function tableOf(rows: number, columns: number): Dataset {
  const random = createRandom(1);
  const made = Array.from({ length: columns }, (_, c): Column & { readonly kind: 'numeric' } => ({
    kind: 'numeric',
    name: `c${c}`,
    type: 'number',
    values: Float64Array.from({ length: rows }, () => random.normal()),
  }));
  const [a, b, c] = made.map(({ values }) => values);
  const codes = Int32Array.from({ length: rows }, (_, i) => +(a[i] + b[i] * c[i] + 0.3 * random.normal() > 0));
  const classes = ['no', 'yes'];
  return {
    info: {
      path: 'made.csv',
      rowCount: rows,
      columns: made.map(({ name, type }) => ({
        name,
        type,
        reason: 'made',
        role: 'feature',
        missing: 0,
        distinct: rows,
      })),
      target: 'answer',
      task: 'binary',
      classes,
      hash: '0123456789abcdef',
      notes: [],
    },
    features: { rowCount: rows, columns: made },
    target: { kind: 'classes', codes, classes },
    rowIds: Uint32Array.from({ length: rows }, (_, i) => i),
    keys: { rowCount: rows, columns: [] },
  };
}

const cases: readonly [rows: number, columns: number, learner: Learner, params: Params][] = [
  [300, 7, prepared(logistic), {}],
  [300, 7, boosting, {}],
  [100_000, 20, prepared(logistic), {}],
  [100_000, 20, boosting, { rounds: 100 }],
  [100_000, 20, ebm, { bags: 2 }],
  [2000, 5000, prepared(logistic), {}],
];
const wishes: WhatIfWishes = { row: 3, changes: {}, explain: null, sweep: null, flips: false, form: false, seconds: 3 };

for (const [rows, columns, learner, params] of cases) {
  const data = tableOf(rows, columns);
  const cut = Math.floor(0.8 * rows);
  const order = Array.from({ length: rows }, (_, i) => i);
  const [train, evaluation] = [takeDataset(data, order.slice(0, cut)), takeDataset(data, order.slice(cut))];
  const defaults = learner.defaults(data.info);
  const known = Object.fromEntries(Object.entries(params).filter(([name]) => name in defaults));
  const model = await learner.fit(
    { train, seed: 1, signal, report: async () => 'continue' },
    { ...defaults, ...known },
  );
  const seconds = async (more: Partial<WhatIfWishes>, times: number) => {
    const taken: number[] = [];
    for (let i = 0; i < times; i++) {
      const startedAt = performance.now();
      const given = { ...wishes, ...more, changes: { c0: i / 10 } };
      await whatIf(
        model,
        { train, evaluation, part: 'validation' },
        given,
        1,
        (table) => Array.from({ length: table.rowCount }, () => ({})),
        signal,
        () => false,
      );
      taken.push(performance.now() - startedAt);
    }
    const [first, ...rest] = taken;
    const later = rest.sort((x, y) => x - y);
    return `${first.toFixed(0)} then ${(later[Math.floor(later.length / 2)] ?? first).toFixed(1)} ms`;
  };
  console.log(`${rows} x ${columns}, ${learner.name}:`);
  console.log(`  form and prediction        ${await seconds({ form: true }, 3)}`);
  console.log(`  prediction                 ${await seconds({}, 21)}`);
  console.log(`  explanation and sweep      ${await seconds({ explain: 'auto', sweep: 'c0' }, 5)}`);
  console.log(`  nearest flips              ${await seconds({ flips: true }, 3)}`);
  model.dispose?.();
}
