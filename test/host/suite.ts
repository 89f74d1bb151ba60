import { connect, type Socket } from 'node:net';
import { format } from 'node:util';
import Mocha from 'mocha';
import { type SuiteMessage, variables } from './results.ts';

class Reporter {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    for (const level of ['log', 'info', 'warn', 'error'] as const) {
      console[level] = (...words: unknown[]) => this.#tell({ kind: 'said', text: format(...words) });
    }
  }

  #tell(message: SuiteMessage): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  follow(runner: Mocha.Runner): void {
    let depth = 0;
    const { EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_TEST_PASS, EVENT_TEST_PENDING, EVENT_TEST_FAIL } =
      Mocha.Runner.constants;
    runner.on(EVENT_SUITE_BEGIN, (suite) => {
      if (!suite.root) this.#tell({ kind: 'suite', title: suite.title, depth });
      depth += 1;
    });
    runner.on(EVENT_SUITE_END, () => {
      depth -= 1;
    });
    runner.on(EVENT_TEST_PASS, ({ title, duration = 0 }) =>
      this.#tell({ kind: 'passed', title, depth, milliseconds: duration }),
    );
    runner.on(EVENT_TEST_PENDING, ({ title }) => this.#tell({ kind: 'skipped', title, depth }));
    runner.on(EVENT_TEST_FAIL, (test, error) =>
      this.#tell({ kind: 'failed', title: test.fullTitle(), depth, stack: error.stack ?? String(error) }),
    );
  }

  end(): Promise<void> {
    this.#tell({ kind: 'end' });
    return new Promise((done) => this.#socket.end(done));
  }
}

function connectTo(path: string | undefined): Promise<Socket> {
  if (path === undefined) throw new Error(`${variables.results} names no socket: start the suite by test/run.ts.`);
  return new Promise((done, fail) => {
    const socket = connect(path, () => done(socket));
    socket.once('error', fail);
  });
}

/** Runs the tests that `load` defines; rejects when any fails, from which VS Code makes its exit code. */
export async function runSuite(load: () => void): Promise<void> {
  const reporter = new Reporter(await connectTo(process.env[variables.results]));
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Mocha.reporters.Base });
  const grep = process.env[variables.grep];
  if (grep) mocha.fgrep(grep);
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, 'suite', mocha);
  load();
  const failures = await new Promise<number>((done) => reporter.follow(mocha.run(done)));
  await reporter.end();
  if (failures > 0) throw new Error(`${failures} failed`);
}
