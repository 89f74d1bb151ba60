import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import {
  initialState,
  type MessageToHost,
  type MessageToPage,
  type PersistedState,
  type WebviewPush,
} from '../../src/shared/webview-protocol.ts';
import { Host } from '../../src/webview/page/host.ts';
import { emptyStudy, finishedStudy } from './fixtures/studies.ts';

const { file } = finishedStudy;

/** A host whose other end is the test. */
function setUp() {
  const sent: MessageToHost[] = [];
  const messages = new EventTarget();
  let state: unknown;
  const api = {
    postMessage: (message: MessageToHost) => sent.push(message),
    getState: () => state,
    setState: (kept: PersistedState) => {
      state = kept;
    },
  };
  const host = new Host(api, messages);
  const answer = (message: MessageToPage) => messages.dispatchEvent(new MessageEvent('message', { data: message }));
  return { host, sent, answer };
}

const lastId = (sent: readonly MessageToHost[]): number => {
  const last = sent.findLast(({ type }) => type === 'request');
  assert.equal(last?.type, 'request');
  return last.type === 'request' ? last.id : -1;
};

describe("the page's end of the wall", () => {
  it('answers go to the request that they belong to', async () => {
    const { host, sent, answer } = setUp();
    const first = host.request('study.show', { file });
    const firstId = lastId(sent);
    const second = host.request('study.show', { file });
    answer({ type: 'response', id: lastId(sent), operation: 'study.show', output: emptyStudy });
    answer({ type: 'response', id: firstId, operation: 'study.show', output: finishedStudy });
    assert.equal((await first).run, 'finished');
    assert.equal((await second).run, 'none');
  });

  it('a refusal carries message, advice and code', async () => {
    const { host, sent, answer } = setUp();
    const asked = host.request('trial.attack', { file, trial: 1 });
    const fault = { message: 'The model is gone.', advice: 'Run again.', code: 'model-gone' };
    answer({ type: 'refusal', id: lastId(sent), fault });
    await assert.rejects(asked, fault);
  });

  it('a cancelled request tells the host, and its late answer is dropped', async () => {
    const { host, sent, answer } = setUp();
    const abort = new AbortController();
    const asked = host.request('trial.attack', { file, trial: 1 }, { signal: abort.signal });
    const id = lastId(sent);
    abort.abort();
    await assert.rejects(asked, { code: 'cancelled' });
    assert.deepEqual(sent.at(-1), { type: 'cancel', id });
    answer({ type: 'response', id, operation: 'study.show', output: finishedStudy });
  });

  it('silence ends a request; progress is a sign of life', async (context: TestContext) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { host, sent, answer } = setUp();
    const heard: string[] = [];
    const onProgress = ({ words }: { words: string }) => heard.push(words);
    const asked = host.request('trial.attack', { file, trial: 1 }, { silenceSeconds: 10, onProgress });
    const rejected = assert.rejects(asked, { code: 'time-out' });
    context.mock.timers.tick(9_000);
    answer({ type: 'progress', id: lastId(sent), share: 0.5, words: 'half way' });
    context.mock.timers.tick(9_000);
    assert.deepEqual(heard, ['half way']);
    context.mock.timers.tick(1_000);
    await rejected;
  });

  it('a push that is older than the last one is dropped', () => {
    const { host, answer } = setUp();
    const taken: WebviewPush[] = [];
    host.onPush((push) => taken.push(push));
    answer({ type: 'study', sequence: 4, snapshot: finishedStudy });
    answer({ type: 'study', sequence: 3, snapshot: emptyStudy });
    answer({ type: 'study', sequence: 5, snapshot: finishedStudy });
    assert.deepEqual(
      taken.map(({ sequence }) => sequence),
      [4, 5],
    );
  });

  it('only what differs is kept anew', () => {
    const { host } = setUp();
    host.keep({ file, trial: 33 });
    host.keep({ scroll: 40 });
    assert.deepEqual(host.state, { ...initialState, file, trial: 33, scroll: 40 });
  });
});
