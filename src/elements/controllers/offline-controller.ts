import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ConnectionState } from '../../client/api.js';
import { describeError } from '../../i18n/errors.js';
import type { LocalizeController } from '../../i18n/localize-controller.js';
import { remedyOf } from '../../protocol/codes.js';
import { iconOffline } from '../../styles/icons.js';
import { ClientController } from './client-controller.js';

type Host = ReactiveControllerHost & HTMLElement & { now: () => number };

/** The line that says that one is offline, why, and when the next attempt comes; it counts down while it shows. */
export class OfflineController implements ReactiveController {
  readonly #host: Host;
  readonly #localize: LocalizeController;
  readonly #link: ClientController;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, localize: LocalizeController) {
    this.#host = host;
    this.#localize = localize;
    this.#link = new ClientController(host, { connection: () => true });
    host.addController(this);
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const link = this.#link.client?.connection;
    const left = link?.state === 'disconnected' && link.retryAt !== undefined ? link.retryAt - this.#host.now() : 0;
    if (left > 0) this.#timer = setTimeout(() => this.#host.requestUpdate(), left % 1000 || 1000);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** The line; stands in the tree all the time, because a screen reader hears only what changes in a region it knows. */
  render(): TemplateResult {
    const link = this.#link.client?.connection;
    const text = link && this.#text(link);
    const again = link?.state === 'disconnected';
    return html`<div class=${text ? 'quiet-line' : nothing}>
      <span role="status">${text ? iconOffline : nothing} ${text ?? nothing}</span>
      ${again ? this.#again(link.retryAt) : nothing}
    </div>`;
  }

  #again(retryAt: number | undefined): TemplateResult {
    const { t } = this.#localize;
    const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - this.#host.now()) / 1000);
    return html`${seconds > 0 ? html`<span>${t.nextAttempt(seconds)}</span>` : nothing}
      <button class="link-button" type="button" @click=${() => this.#link.client?.connect()}>${t.retryNow}</button>`;
  }

  #text(link: ConnectionState): string | undefined {
    const { t } = this.#localize;
    if (link.state === 'connected') return undefined;
    // The very first attempt is a matter of milliseconds: nothing is said before it fails.
    if (link.state === 'connecting') return link.attempt > 1 ? t.connecting : undefined;
    return link.code !== undefined && remedyOf(link.code) !== 'retry' ? describeError(t, link.code) : t.offline;
  }
}
