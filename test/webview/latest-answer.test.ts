import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReactiveControllerHost } from 'lit';
import { Analysis } from '../../src/webview/page/analysis.ts';
import type { RequestOptions } from '../../src/webview/page/host.ts';
import { LatestAnswer } from '../../src/webview/page/latest-answer.ts';
import { PageFault } from '../../src/webview/page/page-fault.ts';

/** An element that only counts how often it is drawn. */
function element() {
  const drawn = { times: 0 };
  const host: ReactiveControllerHost = {
    addController: () => {},
    removeController: () => {},
    requestUpdate: () => {
      drawn.times += 1;
    },
    updateComplete: Promise.resolve(true),
  };
  return { host, drawn };
}

describe('what is asked again whenever something differs', () => {
  it('waits for the request under way, and of those that wait only the newest is asked', async () => {
    const answer = new LatestAnswer<string>(element().host);
    const first = Promise.withResolvers<string>();
    const asked: string[] = [];
    const done = answer.ask(() => first.promise);
    const request = (name: string) => async () => {
      asked.push(name);
      return name;
    };
    void answer.ask(request('second'));
    void answer.ask(request('third'));
    first.resolve('first');
    await done;
    assert.deepEqual(asked, ['third']);
    assert.equal(answer.value, 'third');
  });

  it('keeps the last answer beside a fault, until it forgets', async () => {
    const { host, drawn } = element();
    const answer = new LatestAnswer<string>(host);
    await answer.ask(async () => 'known');
    await answer.ask(async () => Promise.reject(new PageFault({ message: 'gone', code: 'gone' })));
    assert.equal(answer.value, 'known');
    assert.equal(answer.fault?.code, 'gone');
    assert.equal(drawn.times, 2);
    answer.forget();
    assert.equal(answer.value ?? answer.fault, null);
  });
});

/** A request that ends when the test says so, or when it is cancelled. */
function controlled() {
  const end = Promise.withResolvers<void>();
  let signal: AbortSignal | undefined;
  const request = (options: RequestOptions) => {
    signal = options.signal;
    options.signal?.addEventListener('abort', () => end.reject(PageFault.cancelled()));
    return end.promise;
  };
  return { end, request, isCancelled: () => signal?.aborted === true };
}

describe('an analysis that is asked for again', () => {
  it('cancels the one under way and hears no more of it', async () => {
    const analysis = new Analysis(element().host);
    const [old, young] = [controlled(), controlled()];
    const first = analysis.run(old.request);
    const second = analysis.again(young.request);
    await first;
    assert.ok(old.isCancelled());
    assert.equal(analysis.state.state, 'working', 'the end of the old one is not the end of the new one');
    young.end.resolve();
    await second;
    assert.equal(analysis.state.state, 'idle');
  });

  it('a second run beside the first is not begun', async () => {
    const analysis = new Analysis(element().host);
    const [old, young] = [controlled(), controlled()];
    const first = analysis.run(old.request);
    await analysis.run(young.request);
    assert.equal(young.isCancelled() || old.isCancelled(), false);
    old.end.resolve();
    await first;
    assert.equal(analysis.state.state, 'idle');
  });
});
