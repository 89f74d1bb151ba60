import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentSecurityPolicy } from '../../src/extension/views/content-security-policy.ts';

describe('the policy of a page', () => {
  const policy = contentSecurityPolicy('https://editor.example', 'abc123');
  const directives = new Map(policy.split('; ').map((text) => [text.split(' ')[0], text.split(' ').slice(1)]));

  it('lets in nothing that is not named', () => assert.deepEqual(directives.get('default-src'), ["'none'"]));

  it('runs the script with its nonce, and no other, inline or evaluated', () =>
    assert.deepEqual(directives.get('script-src'), ["'nonce-abc123'"]));

  it('lets the page contact nobody', () => {
    for (const directive of ['connect-src', 'frame-src', 'form-action', 'worker-src'])
      assert.equal(directives.has(directive), false, directive);
  });

  it('takes styles, fonts and pictures from the extension alone', () => {
    for (const directive of ['style-src', 'font-src', 'img-src'])
      assert.ok(directives.get(directive)?.includes('https://editor.example'), directive);
    assert.doesNotMatch(policy.replaceAll('https://editor.example', ''), /https?:|\*/);
  });
});
