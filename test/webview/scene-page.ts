import '../../src/webview/study/dashboard-view.ts';
import '../../src/webview/trial/trial-view.ts';
import type { MessageToHost, MessageToPage, PersistedState } from '../../src/shared/webview-protocol.ts';
import { startPage } from '../../src/webview/page/start-page.ts';
import { answer } from './scene-host.ts';
import { scenes } from './scenes.ts';

/** Runs in the browser: plays the host's part for one scene, and keeps what the page sent for tests to read. */
const name = document.body.dataset.scene;
const scene = scenes.find((each) => each.name === name);
if (!scene) throw new Error(`no scene "${name}"`);

const sent: MessageToHost[] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(
    `${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}:${event.lineNumber}`,
  );
});
let state: PersistedState | undefined;
Object.assign(window, {
  sent,
  violations,
  acquireVsCodeApi: () => ({
    postMessage: (message: MessageToHost) => {
      sent.push(message);
      if (message.type === 'ready') setTimeout(play);
      if (message.type === 'request') for (const reply of answer(message)) setTimeout(post, 0, reply);
    },
    getState: () => state,
    setState: (kept: PersistedState) => {
      state = kept;
    },
  }),
});

function play(): void {
  scene?.pushes.forEach((push, sequence) => {
    post({ ...push, sequence } as MessageToPage);
  });
}

function post(message: MessageToPage): void {
  window.dispatchEvent(new MessageEvent('message', { data: message }));
}

void startPage(scene.surface, `vitrine-${scene.surface}`);
