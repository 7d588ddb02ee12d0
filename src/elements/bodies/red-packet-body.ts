import { css, html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ChatClientApi } from '../../client/api.js';
import { ImBody } from './body.js';
import { claimedBy, packetOf, stateOf, type PacketState } from './red-packet-state.js';

const styles = css`
  .packet {
    display: grid;
    grid-template-columns: 48px 1fr;
    column-gap: 12px;
    align-items: center;
    min-height: 92px;
    padding: 12px;
    border-radius: 10px;
    background: linear-gradient(160deg, oklch(0.53 0.19 27), oklch(0.45 0.17 22));
    color: #fff;
  }
  .done {
    background: linear-gradient(160deg, oklch(0.5 0.09 27), oklch(0.43 0.08 22));
  }
  .seal {
    display: grid;
    grid-row: span 2;
    place-items: center;
    width: 48px;
    height: 60px;
    border-radius: 6px;
    background: oklch(0.4 0.16 24);
    color: oklch(0.87 0.14 90);
    font-size: 24px;
  }
  .greeting {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row {
    display: flex;
    gap: 8px;
    align-items: center;
    min-height: 30px;
    font-size: 13px;
    line-height: 18px;
  }
  .amount {
    font-weight: 700;
  }
  .open {
    min-height: 28px;
    padding: 0 16px;
    border-radius: 14px;
    background: oklch(0.87 0.14 90);
    color: oklch(0.3 0.09 30);
    font-size: 13px;
    font-weight: 700;
  }
  .open:focus-visible {
    outline-color: #fff;
  }
  .claim {
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: 22px;
  }
  @media (forced-colors: active) {
    .packet,
    .open {
      border: 1px solid CanvasText;
    }
  }
`;

/**
 * The custom kinds `red-packet` and `red-packet-claim`, a worked example of a kind whose state the server keeps:
 * `{"kind":"red-packet","fallback":"…","greeting":"…","amount":"¥ 5.20","shares":1,"until":1790000000000}`. Opening it sends
 * `{"kind":"red-packet-claim","packet":<seq>}`, which the server's `onCustomMessage` lets through once a person and as often as there
 * are shares. Part of `<im-message>`.
 */
export class ImRedPacketBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, styles];

  /** The time, in ms since 1970. */
  now: () => number = Date.now;

  @state() private claim: 'none' | 'sent' | 'failed' = 'none';

  private off: (() => void)[] = [];
  private followed: ChatClientApi | undefined;
  private sent: string | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { client } = this;
    if (client === this.followed || !this.isConnected) return;
    this.leave();
    this.followed = client;
    if (!client) return;
    this.off = [
      client.on('timeline', ({ conversationId }) => {
        if (conversationId === this.message?.conversationId) this.requestUpdate();
      }),
      client.on('send-fail', ({ message }) => void this.refused(client, message.idClient)),
    ];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message, words } = this;
    if (!message) return nothing;
    if (claimedBy(message) !== undefined)
      return html`<div class="plate claim">
        🧧 ${words.packetOpenedBy(`\u2068${this.context.nameOf(message.from)}\u2069`)}
      </div>`;
    const { greeting, amount } = packetOf(message);
    const how = this.how();
    return html`<div
      class="plate packet ${how === 'open' || how === 'mine' ? '' : 'done'}"
      role="group"
      aria-label=${words.redPacket}
    >
      <span class="seal" aria-hidden="true">福</span>
      <bdi class="greeting">${greeting || words.redPacket}</bdi>
      <div class="row" role="status">${this.line(how, amount)}</div>
    </div>`;
  }

  private how(): PacketState {
    const { message, client } = this;
    const { messages = [] } = client?.timeline(message!.conversationId) ?? {};
    return stateOf(message!, messages, client?.account ?? '', this.now());
  }

  private line(how: PacketState, amount: string): unknown {
    const { words } = this;
    if (how === 'claimed') return html`${words.packetClaimed} <bdi class="amount">${amount}</bdi>`;
    if (how === 'empty') return words.packetEmpty;
    if (how === 'expired') return words.packetExpired;
    if (how === 'mine') return words.packetMine;
    if (this.claim === 'sent') return words.packetOpening;
    return html`<button
        class="open"
        type="button"
        tabindex=${this.tab}
        ?disabled=${this.message!.seq === undefined}
        @click=${this.onOpen}
      >
        ${words.packetOpen}
      </button>
      ${this.claim === 'failed' ? words.packetFailed : nothing}`;
  }

  private readonly onOpen = (): void => {
    const { client, message, words } = this;
    if (!client || message?.seq === undefined) return;
    this.claim = 'sent';
    const content = JSON.stringify({
      kind: 'red-packet-claim',
      packet: message.seq,
      fallback: `🧧 ${words.packetClaimed}`,
    });
    client.send(message.conversationId, { type: 'custom', content }).then(
      ({ idClient }) => (this.sent = idClient),
      () => (this.claim = 'failed'),
    );
  };

  /** The server did not let the claim through: nothing of it stays in the conversation. */
  private async refused(client: ChatClientApi, idClient: string): Promise<void> {
    if (idClient !== this.sent) return;
    this.sent = undefined;
    this.claim = 'failed';
    await client.discard(idClient).catch(() => undefined);
  }

  private leave(): void {
    for (const off of this.off) off();
    this.off = [];
    this.followed = undefined;
  }
}
