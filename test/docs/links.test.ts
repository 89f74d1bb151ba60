import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { type Document, document, documents, prose, root } from './documents.ts';

interface Link {
  readonly target: string;
  readonly anchor: string | undefined;
}

/** Links and images that stay inside the repository. */
const links = (from: Document): Link[] =>
  [...prose(from).matchAll(/\]\(([^)\s]*)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, anchor] = link.split('#');
      return { target: path === '' ? from.path : normalize(join(dirname(from.path), path)), anchor };
    });

/** As GitHub names headings: lower case, spaces to hyphens, other signs dropped. */
const anchors = (of: Document): string[] =>
  [...prose(of).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

const pictures = 'docs/images';
const isPicture = ({ target }: Link) => target.startsWith(`${pictures}/`);

describe('links', () => {
  for (const from of documents) {
    it(`of ${from.path} lead somewhere`, () => {
      const followed = links(from).filter((link) => !isPicture(link));
      const broken = followed.filter(({ target, anchor }) => {
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !anchors(document(target)).includes(anchor);
      });
      assert.deepEqual(broken, []);
    });
  }

  const skip = !existsSync(join(root, pictures)) && `${pictures} has not been made`;
  it('every picture that is shown exists', { skip }, () => {
    const shown = documents.flatMap(links).filter(isPicture);
    assert.ok(shown.length > 0);
    assert.deepEqual(
      shown.filter(({ target }) => !existsSync(join(root, target))),
      [],
    );
  });
});
