import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ScriptJob, TrialAnswer, Usage } from '../../../../src/engine/run/job.ts';
import { Pool } from '../../../../src/engine/run/pool.ts';
import { keptBytes } from '../../../../src/engine/run/script/script-log.ts';
import { JobFailure, type JobOptions } from '../../../../src/engine/run/worker-process.ts';

const workerProgram = join(import.meta.dirname, '../../../../src/engine/run/worker.ts');

/** Whether a process is there and not merely unburied. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves once none of them runs; the test's own time limit ends a wait for ever. */
async function gone(...pids: number[]): Promise<void> {
  while (pids.some(runs)) await delay(10);
}

/** Resolves once the file is there; the test's own time limit ends a wait for ever. */
async function appeared(path: string): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  const watcher = watch(dirname(path));
  try {
    while (!existsSync(path) || readFileSync(path, 'utf8') === '') await once(watcher, 'change');
    return readFileSync(path, 'utf8');
  } finally {
    watcher.close();
  }
}

describe('a program of the person’s as a trial', { timeout: 60_000 }, () => {
  let folder: string;
  let pool: Pool;
  let count = 0;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-script-'));
    pool = new Pool({ workers: 1 });
  });
  after(() => {
    pool.close();
    rmSync(folder, { recursive: true });
  });

  /** A job whose program is this text. */
  function jobOf(program: string, change: Partial<ScriptJob> = {}): ScriptJob {
    const number = count++;
    const file = join(folder, `program-${number}.mjs`);
    writeFileSync(file, program);
    return {
      kind: 'script',
      command: [process.execPath, file],
      cwd: folder,
      params: { rate: 0.5, kind: 'a b' },
      known: ['rate', 'kind', 'momentum'],
      resource: null,
      trial: number,
      seed: 7,
      folder: join(folder, `trial-${number}`),
      objectives: ['value'],
      pruning: 'signal',
      graceSeconds: 5,
      timeoutSeconds: 30,
      memoryBytes: null,
      ...change,
    };
  }

  const run = (job: ScriptJob, options: JobOptions = {}): Promise<{ answer: TrialAnswer; usage: Usage }> =>
    pool.run<'script'>(job, options);

  const failure = async (program: string, change: Partial<ScriptJob> = {}): Promise<JobFailure> => {
    const error = await run(jobOf(program, change)).then(
      ({ answer }) => assert.fail(`it succeeded: ${JSON.stringify(answer)}`),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof JobFailure, String(error));
    return error;
  };

  it('is given its configuration as arguments, environment and file', async () => {
    const program = `import { readFileSync } from 'node:fs';
      const { env, argv } = process;
      console.log(JSON.stringify({ argv: argv.slice(2), config: JSON.parse(env.VITRINE_CONFIG),
        file: JSON.parse(readFileSync(env.VITRINE_CONFIG_FILE, 'utf8')), amount: env.VITRINE_RESOURCE, seed: env.VITRINE_SEED }));
      console.log('{"value": 1}');`;
    const job = jobOf(program, { resource: { name: 'epochs', amount: 9 } });
    await run(job);
    assert.deepEqual(JSON.parse(readFileSync(join(job.folder, 'output.log'), 'utf8')), {
      argv: ['--rate', '0.5', '--kind', 'a b', '--epochs', '9'],
      config: job.params,
      file: job.params,
      amount: '9',
      seed: '7',
    });
  });

  it('is given its values where the command names them, and an empty text for one that does not exist', async () => {
    const job = jobOf('console.log(JSON.stringify(process.argv.slice(2))); console.log(\'{"value": 1}\');');
    await run({ ...job, command: [...job.command, '-r={rate}', '{kind}', '{momentum}', '{other}', '{seed}'] });
    assert.deepEqual(JSON.parse(readFileSync(join(job.folder, 'output.log'), 'utf8')), [
      '-r=0.5',
      'a b',
      '',
      '{other}',
      '7',
    ]);
  });

  it('answers with metrics, its own names apart, and with the CPU time and memory of the program', async () => {
    const program = `const block = Buffer.alloc(200e6, 1); 
      while (process.cpuUsage().user < 1_200_000) block[0]++;
      console.log('{"metrics": {"accuracy": 0.9, "my_loss": 0.3}}'); console.log('{"value": 0.25}');`;
    const { answer, usage } = await run(jobOf(program));
    assert.equal(answer.metrics.accuracy, 0.9);
    assert.equal(answer.metrics.value, 0.25);
    assert.equal(answer.metrics.my_loss, 0.3);
    assert.ok(usage.cpuSeconds !== null && usage.cpuSeconds > 1, `CPU seconds: ${usage.cpuSeconds}`);
    assert.ok(usage.peakBytes > 250e6, `bytes: ${usage.peakBytes}`);
  });

  it('passes intermediate values on, those too that are no numbers', async () => {
    const steps: [number, number][] = [];
    const program = `console.log('{"step": 1, "loss": 0.5}'); console.log('{"step": 2, "loss": NaN}');
      console.log('{"step": 3, "loss": 0.25, "value": 0.2}'); console.log('{"value": 0.2}');`;
    await run(jobOf(program), {
      onReport: (step, value) => {
        steps.push([step, value]);
        return { prune: null };
      },
    });
    assert.deepEqual(steps, [
      [1, 0.5],
      [2, Number.NaN],
      [3, 0.2],
    ]);
  });

  it('is ended where the search says so, its children too', async () => {
    const job = jobOf(`import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      writeFileSync(process.env.VITRINE_FOLDER + '/pids', process.pid + ' ' + child.pid);
      console.log('{"step": 1, "value": 3}'); setInterval(() => {}, 1000);`);
    const { answer } = await run(job, { onReport: () => ({ prune: 'worse than the median' }) });
    assert.equal(answer.pruned, 'worse than the median');
    const pids = readFileSync(join(job.folder, 'pids'), 'utf8').split(' ').map(Number);
    await gone(...pids);
  });

  it('is told by a line where it asks for that, and may end by itself', async () => {
    const program = `import { createInterface } from 'node:readline'; import { writeFileSync } from 'node:fs';
      const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
      const heard = [];
      for (let step = 1; ; step++) {
        console.log(JSON.stringify({ step, value: step }));
        heard.push(JSON.parse((await lines.next()).value));
        if (heard.at(-1).decision === 'prune') break;
      }
      writeFileSync(process.env.VITRINE_FOLDER + '/heard', JSON.stringify(heard)); process.exit(0);`;
    const job = jobOf(program, { pruning: 'line' });
    const { answer } = await run(job, { onReport: (step) => ({ prune: step === 3 ? 'enough' : null }) });
    assert.equal(answer.pruned, 'enough');
    assert.deepEqual(JSON.parse(readFileSync(join(job.folder, 'heard'), 'utf8')), [
      { decision: 'continue' },
      { decision: 'continue' },
      { decision: 'prune', why: 'enough' },
    ]);
  });

  it('is ended all the same where it does not listen to the line, nor to SIGTERM', async () => {
    const program = `process.on('SIGTERM', () => {}); console.log('{"step": 1, "value": 3}'); setInterval(() => {}, 1000);`;
    const job = jobOf(program, { pruning: 'line', graceSeconds: 0.2 });
    const { answer } = await run(job, { onReport: () => ({ prune: 'enough' }) });
    assert.equal(answer.pruned, 'enough');
  });

  describe('that goes wrong fails with words', () => {
    const cases: [name: string, program: string, message: RegExp, change?: Partial<ScriptJob>][] = [
      [
        'garbage',
        "console.log('{]'); console.log('\\x00\\x01 loss 3')",
        /2 line\(s\), none of them its value.*Print \{"value"/,
      ],
      ['nothing', '', /printed nothing.*Print \{"value": 0\.5\}/],
      ['another metric', `console.log('{"metrics": {"loss": 1}}')`, /printed loss, but not value/],
      ['no number', `console.log('{"value": null}')`, /"value" must be a number; got null/],
      ['NaN', `console.log('{"value": NaN}')`, /value must be a finite number; got NaN/],
      [
        'two numbers in a step',
        `console.log('{"step": 1, "a": 1, "b": 2}')`,
        /needs the intermediate value as "value"; got a, b/,
      ],
      [
        'steps that fall',
        `console.log('{"step": 2, "a": 1}'); console.log('{"step": 1, "a": 1}')`,
        /steps must rise; got 1 after 2/,
      ],
      [
        'an exit code',
        "console.error('one\\nTraceback\\nValueError: no such column'); process.exit(3)",
        /exit code 3: .*ValueError: no such column$/,
      ],
      ['an exit code after a value', `console.log('{"value": 1}'); process.exit(2)`, /exit code 2 and said nothing/],
      ['a signal', "process.kill(process.pid, 'SIGSEGV')", /by the signal SIGSEGV/],
      ['never ending', 'setInterval(() => {}, 1000)', /longer than 0\.5 s/, { timeoutSeconds: 0.5 }],
      [
        'never ending and deaf to SIGTERM',
        "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
        /longer than 0\.5 s/,
        { timeoutSeconds: 0.5, graceSeconds: 0.1 },
      ],
      [
        'too much memory',
        'const held = []; setInterval(() => held.push(Buffer.alloc(50e6, 1)), 50)',
        /more memory than the 286 MB/,
        { memoryBytes: 300e6 },
      ],
      ['not found', '', /"no-such-program" was not found/, { command: ['no-such-program'] }],
      ['a missing folder', '', /folder to run it in does not exist: \/no\/where/, { cwd: '/no/where' }],
      ['not executable', '', /may not be executed/, { command: [join(import.meta.dirname, 'perform-script.test.ts')] }],
    ];
    for (const [name, program, message, change] of cases)
      it(name, async () => {
        const error = await failure(program, change);
        assert.match(error.message, message);
        assert.equal(error.reason, 'threw');
        assert.ok(error.usage, 'what it used is known');
      });
  });

  it('may print a line of a gigabyte: it is refused, and neither kept nor held', async () => {
    const program = `const part = Buffer.alloc(1 << 20, 120); let left = 1024;
      const more = () => { while (left-- > 0) if (!process.stdout.write(part)) return void process.stdout.once('drain', more); };
      process.on('SIGTERM', () => {}); more();`;
    const job = jobOf(program, { graceSeconds: 20 });
    const error = await run(job).catch((thrown: unknown) => thrown as JobFailure);
    assert.ok(error instanceof JobFailure);
    assert.match(error.message, /longer than 4 MiB/);
    assert.ok((error.usage?.peakBytes ?? Number.POSITIVE_INFINITY) < 500e6, `bytes: ${error.usage?.peakBytes}`);
    assert.equal(statSync(join(job.folder, 'output.log')).size, 0);
  });

  it('keeps the beginning and the end of what it printed', async () => {
    const program = `console.log('the first'); for (let i = 0; i < 40000; i++) console.log('x'.repeat(60) + i);
      console.error('the last'); console.log('{"value": 1}');`;
    const job = jobOf(program);
    await run(job);
    const log = readFileSync(join(job.folder, 'output.log'), 'utf8');
    assert.match(log, /^the first\n/);
    assert.match(log, /\[\.\.\. \d+ bytes are left out here \.\.\.\]/);
    assert.match(log, /the last/);
    assert.ok(log.length < 2 * (keptBytes.head + keptBytes.tail));
  });

  it('leaves no children behind, even one that keeps its output open', async () => {
    const job = jobOf(`import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      writeFileSync(process.env.VITRINE_FOLDER + '/pid', String(child.pid));
      console.log('{"value": 1}'); process.exit(0);`);
    const { answer } = await run(job);
    assert.equal(answer.metrics.value, 1);
    await gone(Number(readFileSync(join(job.folder, 'pid'), 'utf8')));
    assert.match(readFileSync(join(job.folder, 'output.log'), 'utf8'), /left behind were ended/);
  });

  const sleeper = `import { writeFileSync } from 'node:fs'; process.on('SIGTERM', () => {});
    writeFileSync(process.env.VITRINE_FOLDER + '/pid', String(process.pid)); setInterval(() => {}, 1000);`;

  it('ends when the person stops the run', async () => {
    const job = jobOf(sleeper, { graceSeconds: 0.2 });
    const stop = new AbortController();
    const running = run(job, { signal: stop.signal });
    const pid = Number(await appeared(join(job.folder, 'pid')));
    stop.abort();
    await assert.rejects(running, (error) => error instanceof JobFailure && error.reason === 'aborted');
    await gone(pid);
  });

  it('ends with its worker', async () => {
    const job = jobOf(sleeper);
    const own = new Pool({ workers: 1 });
    const running = own.run<'script'>(job, {});
    const pid = Number(await appeared(join(job.folder, 'pid')));
    own.close();
    await assert.rejects(running, JobFailure);
    await gone(pid);
  });

  it('ends with the engine, however that died: its worker hears of it', async () => {
    const job = jobOf(sleeper);
    const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', workerProgram], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: worker.stdout });
    await once(lines, 'line');
    worker.stdin.write(`${JSON.stringify({ id: 1, job })}\n`);
    const pid = Number(await appeared(join(job.folder, 'pid')));
    worker.stdin.end();
    await once(worker, 'exit');
    await gone(pid);
  });
});
