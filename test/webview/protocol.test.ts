import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../src/shared/operations/operations.ts';
import {
  initialState,
  type MessageToHost,
  readMessageToHost,
  readState,
  webviewOperations,
} from '../../src/shared/webview-protocol.ts';

const file = '/home/ada/penguins.vitrine.yaml';
const good: readonly MessageToHost[] = [
  { type: 'ready', protocol: 1, surface: 'trial' },
  { type: 'request', id: 1, operation: 'trial.explain', input: { file, trial: 33, row: 4 } },
  { type: 'cancel', id: 1 },
  { type: 'command', command: 'run', input: { file } },
  { type: 'command', command: 'openTrial', input: { file, trial: 7, section: 'robustness' } },
  { type: 'command', command: 'openTrial', input: { file, trial: 'ensemble' } },
  { type: 'command', command: 'compareModels', input: { file, first: 3, second: 'ensemble' } },
  { type: 'command', command: 'save', input: { name: 'a.csv', content: 'a\r\n', encoding: 'utf8' } },
  { type: 'command', command: 'openLog', input: {} },
  { type: 'command', command: 'checkData', input: { file } },
  { type: 'command', command: 'tryRemedy', input: { file, edit: { how: 'add', key: ['data', 'ignore'], value: 'a' } } },
  { type: 'pageFault', message: 'a fault' },
];

describe('messages from a page', () => {
  for (const message of good) {
    const name = 'command' in message ? message.command : message.type;
    it(`${name} comes out of JSON as it went in`, () => {
      assert.deepEqual(readMessageToHost(JSON.parse(JSON.stringify(message))), message);
    });
  }

  const bad: readonly (readonly [why: string, message: unknown])[] = [
    ['nothing', undefined],
    ['text', 'ready'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['an unknown surface', { type: 'ready', protocol: 1, surface: 'settings' }],
    ['an operation that pages may not call', { type: 'request', id: 1, operation: 'run.start', input: {} }],
    ['an operation by a name of every object', { type: 'request', id: 1, operation: 'constructor', input: {} }],
    ['a request without a number', { type: 'request', operation: 'study.show', input: { file } }],
    ['a request without input', { type: 'request', id: 1, operation: 'study.show' }],
    ['an unknown command', { type: 'command', command: 'workbench.action.terminal.new', input: {} }],
    ['a file that is no text', { type: 'command', command: 'openFile', input: { file: { toString: 1 } } }],
    [
      'a change of an experiment at no place',
      { type: 'command', command: 'tryRemedy', input: { file, edit: { how: 'set', key: [], value: 'a' } } },
    ],
    [
      'a change of an experiment to an object',
      { type: 'command', command: 'tryRemedy', input: { file, edit: { how: 'set', key: ['a'], value: {} } } },
    ],
    ['a trial that is no number', { type: 'command', command: 'openTrial', input: { file, trial: '7' } }],
    [
      'content that is no text',
      { type: 'command', command: 'save', input: { name: 1, content: [], encoding: 'utf8' } },
    ],
    [
      'a path as the name to save by',
      { type: 'command', command: 'save', input: { name: '../.bashrc', content: '', encoding: 'utf8' } },
    ],
  ];
  for (const [why, message] of bad) {
    it(`${why} is refused`, () => assert.equal(readMessageToHost(message), undefined));
  }

  it('every operation that pages may call is one of the engine', () => {
    for (const name of webviewOperations) assert.equal(operations[name].name, name);
  });

  it('pages can neither start a run, write a file nor export by an operation', () => {
    const writing = webviewOperations.filter((name) => !operations[name].readOnly);
    // What they make is kept in the store alone.
    const kept = [
      'trial.explain',
      'trial.attack',
      'edit.save',
      'edit.remove',
      'models.compare',
      'models.importances',
      'cohort.show',
      'cohort.keep',
      'cohort.forget',
    ];
    assert.deepEqual(writing, kept);
  });
});

describe('the state that a page keeps', () => {
  it('comes back as it was', () => {
    const state = {
      version: 1,
      file,
      trial: 33,
      section: 'compare',
      other: 'ensemble',
      part: 'search',
      scroll: 120,
      cohort: 'wrong',
    } as const;
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
    for (const trial of ['best', 'readable', 'ensemble', 0, null])
      assert.deepEqual(readState({ ...state, trial }).trial, trial);
  });

  it('begins anew where it is absent, damaged or of another version', () => {
    for (const kept of [undefined, null, 'x', [], { version: 2, file }])
      assert.deepEqual(readState(kept), initialState);
    const damaged = { version: 1, file: 7, trial: -1, section: 'secrets', part: 7, scroll: Number.NaN };
    assert.deepEqual(readState(damaged), initialState);
  });
});
