import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Input, Output } from '../../shared/operations/operations.ts';
import type { WebviewOperation } from '../../shared/webview-protocol.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { Analysis } from '../page/analysis.ts';
import type { Host, RequestOptions } from '../page/host.ts';
import '../trial/analysis-panel.ts';

/** What came back, and how it is drawn. */
interface Answer {
  readonly output: unknown;
  draw(): TemplateResult;
}

/** Something to ask of the engine and how its answer is drawn; the same `key`, the same answer. */
export interface Asking {
  readonly key: string;
  ask(host: Host, options: RequestOptions): Promise<Answer>;
}

export const asking = <N extends WebviewOperation>(
  operation: N,
  input: Input<N>,
  draw: (output: Output<N>) => TemplateResult,
): Asking => ({
  key: JSON.stringify([operation, input]),
  ask: async (host, options) => {
    const output = await host.request(operation, input, options);
    return { output, draw: () => draw(output) };
  },
});

/**
 * An analysis that begins when a person asks for it. From then on another choice is asked for at once, in place of the one under way;
 * the old drawing stays, faint, until the new one is there. Tells its answer as `vitrine-answer`.
 */
export class AskedResult extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .outdated {
        opacity: 0.5;
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    asking: { attribute: false },
    blocked: {},
    heading: {},
    invitation: {},
    action: {},
    answer: { state: true },
  };
  declare host: Host | null;
  declare asking: Asking | null;
  declare blocked: string;
  declare heading: string;
  declare invitation: string;
  declare action: string;
  declare answer: (Answer & { readonly key: string }) | null;
  readonly #analysis = new Analysis(this);
  #asked: string | null = null;

  constructor() {
    super();
    this.host = null;
    this.asking = null;
    this.blocked = '';
    this.heading = '';
    this.invitation = '';
    this.action = '';
    this.answer = null;
  }

  override disconnectedCallback(): void {
    this.#analysis.cancel();
    super.disconnectedCallback();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { asking } = this;
    if (changed.has('asking') && asking && this.#asked !== null && this.#asked !== asking.key) this.#ask();
  }

  protected override render() {
    const { answer, asking } = this;
    return html`<vitrine-analysis-panel
      .state=${this.#analysis.state}
      .present=${answer !== null}
      blocked=${this.blocked}
      heading=${this.heading}
      invitation=${this.invitation}
      action=${this.action}
      @vitrine-start=${() => this.#ask()}
      @vitrine-cancel=${this.#cancel}
      @vitrine-log=${() => this.host?.command('openLog', {})}
    >
      ${answer ? html`<div class=${answer.key === asking?.key ? '' : 'outdated'}>${answer.draw()}</div>` : nothing}
    </vitrine-analysis-panel>`;
  }

  #ask(): void {
    const { asking, host } = this;
    if (!asking || !host || this.blocked !== '') return;
    this.#asked = asking.key;
    void this.#analysis.again(async (options) => {
      const answer = await asking.ask(host, options);
      this.answer = { ...answer, key: asking.key };
      this.dispatchEvent(new CustomEvent<unknown>('vitrine-answer', { detail: answer.output }));
    });
  }

  readonly #cancel = (): void => {
    this.#asked = this.answer?.key ?? null;
    this.#analysis.cancel();
  };
}
define('vitrine-asked-result', AskedResult);
