import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { StorageState } from '../../client/api.js';
import type { LocalizeController } from '../../i18n/localize-controller.js';
import { iconFailed } from '../../styles/icons.js';
import { ClientController } from './client-controller.js';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * How long something is at risk before it is said, ms. A message is with the server in a moment, and who is writing one has not
 * finished: neither is worth a line that comes and goes.
 */
const patience = { message: 1_500, draft: 15_000 } as const;

/** The line that says that what one wrote is only in this page, for as long as it is. */
export class StorageController implements ReactiveController {
  readonly #host: Host;
  readonly #localize: LocalizeController;
  readonly #link: ClientController;
  readonly #timers = new Map<keyof typeof patience, ReturnType<typeof setTimeout>>();
  readonly #said = new Set<keyof typeof patience>();

  constructor(host: Host, localize: LocalizeController) {
    this.#host = host;
    this.#localize = localize;
    this.#link = new ClientController(host, { storage: (now) => this.#follow(now) }, (client) => {
      this.#follow(client?.storage);
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  /** Stands in the tree all the time, because a screen reader hears only what changes in a region it knows. */
  render(): TemplateResult {
    const text = this.#text();
    return html`<div class=${text ? 'quiet-line' : nothing}>
      <span role="status">${text ? iconFailed : nothing} ${text ?? nothing}</span>
    </div>`;
  }

  #text(): string | undefined {
    const { t } = this.#localize;
    const unsent = this.#link.client?.storage.unsent ?? 0;
    if (this.#said.has('message')) return `${t.notKept} ${t.unsentHere(unsent)}`;
    return this.#said.has('draft') ? `${t.notKept} ${t.draftHere}` : undefined;
  }

  /** @returns whether something shows that may have changed */
  #follow(now: StorageState | undefined): boolean {
    const shown = this.#said.size > 0;
    this.#await('message', now !== undefined && now.unsent > 0);
    this.#await('draft', now !== undefined && now.drafts > 0);
    return shown || this.#said.size > 0;
  }

  #await(kind: keyof typeof patience, atRisk: boolean): void {
    if (!atRisk) {
      clearTimeout(this.#timers.get(kind));
      this.#timers.delete(kind);
      this.#said.delete(kind);
    } else if (!this.#timers.has(kind)) {
      const say = (): void => {
        this.#said.add(kind);
        this.#host.requestUpdate();
      };
      this.#timers.set(kind, setTimeout(say, patience[kind]));
    }
  }
}
