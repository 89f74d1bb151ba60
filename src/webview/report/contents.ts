import { html, nothing, type TemplateResult } from 'lit';

/** A section of the page, and what is in it. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly parts?: readonly { readonly tag: string; readonly title: string }[];
}

/** A list of links; `go` shows the section with the id, or an element in it. */
export const contents = (
  entries: readonly Entry[],
  go: (id: string, tag?: string) => void,
): TemplateResult => html`<nav aria-label="Contents" class="contents">
  <ul>
    ${entries.map(
      ({ id, title, parts = [] }) => html`<li>
        ${jump(title, id, undefined, go)}
        ${
          parts.length > 0
            ? html`<ul class="small">
                ${parts.map((part) => html`<li>${jump(part.title, id, part.tag, go)}</li>`)}
              </ul>`
            : nothing
        }
      </li>`,
    )}
  </ul>
</nav>`;

const jump = (title: string, id: string, tag: string | undefined, go: (id: string, tag?: string) => void) => {
  const follow = (event: Event): void => {
    event.preventDefault();
    go(id, tag);
  };
  return html`<a href="#${id}" @click=${follow}>${title}</a>`;
};

/** Unfolds what the target stands in, scrolls there, and gives it the focus, so that a keyboard goes on from there. */
export function goTo(root: ParentNode, id: string, tag?: string): void {
  const section = root.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  if (!section) return;
  const target = (tag && within(section, tag)) || section;
  if (section instanceof HTMLDetailsElement) section.open = true;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'start' });
}

/** The first element with the tag, through shadow trees. */
function within(element: Element, tag: string): HTMLElement | undefined {
  for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) {
    if (child.localName === tag && child instanceof HTMLElement) return child;
    const found = within(child, tag);
    if (found) return found;
  }
  return undefined;
}
