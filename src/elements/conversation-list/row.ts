import { html, nothing, type TemplateResult } from 'lit';
import type { ChatClientApi, Conversation } from '../../client/api.js';
import type { LocalizeController } from '../../i18n/localize-controller.js';
import { previewText } from '../../renderers/preview.js';
import { iconFailed, iconMore, iconMuted, iconPin, iconSending } from '../../styles/icons.js';
import type { Entry } from './entries.js';

/** What a row needs to know beside its entry. */
export type RowContext = {
  readonly client: ChatClientApi;
  readonly localize: LocalizeController;
  /** ms since 1970 */
  readonly now: number;
  readonly selected: string | undefined;
  /** The row that the keyboard is at. */
  readonly active: string | undefined;
  readonly count: number;
};

/** How an account is called, as far as the list knows. */
function nameOf(client: ChatClientApi, account: string): string {
  if (account === client.account) return client.profile.name ?? account;
  return client.conversation(`p2p-${account}`)?.name ?? account;
}

/** One line that says what a conversation's last message is. */
export function lastLine(client: ChatClientApi, { lastMsg }: Conversation, localize: LocalizeController): string {
  return lastMsg ? previewText(lastMsg, localize.t, (account) => nameOf(client, account)) : '';
}

/** One row, 64 px high: an option of the list box. */
export function row(entry: Entry, index: number, context: RowContext): TemplateResult {
  const selected = entry.kind === 'conversation' && entry.id === context.selected;
  const pinned = entry.kind === 'conversation' && entry.conversation.pinned;
  return html`
    <div
      class="row ${selected ? 'selected' : ''} ${entry.id === context.active ? 'active' : ''} ${pinned ? 'pinned' : ''}"
      part=${selected ? 'row row-selected' : 'row'}
      role="option"
      id="row-${entry.id}"
      data-id=${entry.id}
      aria-selected=${selected}
      aria-posinset=${index + 1}
      aria-setsize=${context.count}
    >
      ${entry.kind === 'start' ? start(entry.account, context) : conversation(entry.conversation, context)}
    </div>
  `;
}

function start(account: string, { localize }: RowContext): TemplateResult {
  return html`
    <im-avatar aria-hidden="true" .account=${account}></im-avatar>
    <div class="lines start">${localize.t.startChatWith(account)}</div>
  `;
}

function conversation(conversation: Conversation, context: RowContext): TemplateResult {
  const { client, localize, now } = context;
  const { scene, to, name, avatar, muted, pinned, lastMsg, updateTime } = conversation;
  const time = lastMsg?.time ?? updateTime;
  const online = scene === 'p2p' && client.presence(to)?.online === true;
  return html`
    <im-avatar aria-hidden="true" .account=${to} .name=${name} .src=${avatar} .online=${online}></im-avatar>
    <div class="lines">
      <div class="line">
        <span class="name" dir="auto">${name}</span>
        ${online ? hidden(localize.t.online) : nothing}
        ${muted ? html`${iconMuted}${hidden(localize.t.muted)}` : nothing}
        ${time > 0 ? html`<span class="time">${localize.listTime(time, now)}</span>` : nothing}
      </div>
      <div class="line second">
        ${preview(conversation, context)} ${pinned ? html`${iconPin}${hidden(localize.t.pinned)}` : nothing}
        ${badge(conversation, localize)}
      </div>
    </div>
    <span class="more" aria-hidden="true">${iconMore}</span>
  `;
}

function preview(conversation: Conversation, context: RowContext): TemplateResult {
  const { client, localize, selected } = context;
  const { id, scene, draft, lastMsg } = conversation;
  const { t } = localize;
  const writing = client.typing(id);
  if (writing.length > 0) {
    const group = writing.length === 1 ? t.typingOne(nameOf(client, writing[0]!)) : t.typingMany(writing.length);
    return html`<span class="preview typing">${scene === 'p2p' ? t.typing : group}</span>`;
  }
  if (draft && id !== selected)
    return html`<b class="before draft">${t.draft}</b> <span class="preview" dir="auto">${draft.slice(0, 200)}</span>`;
  const said = lastMsg !== undefined && lastMsg.type !== 'notification';
  const own = said && lastMsg.flow === 'out';
  const author = said && !own && scene === 'group' ? html`<bdi>${nameOf(client, lastMsg.from)}</bdi>:` : nothing;
  return html`
    ${own && lastMsg.status === 'fail' ? html`<span class="danger">${iconFailed}</span>${hidden(t.failed)}` : nothing}
    ${own && lastMsg.status === 'sending' ? html`${iconSending}${hidden(t.sending)}` : nothing}
    ${own || author !== nothing ? html`<span class="before">${own ? t.you : author}</span>` : nothing}
    <span class="preview" dir="auto">${lastLine(client, conversation, localize)}</span>
  `;
}

function badge(
  { unread, muted, mentioned, markedUnread }: Conversation,
  { t }: LocalizeController,
): TemplateResult | typeof nothing {
  if (unread <= 0)
    return markedUnread ? html`<span class="badge dot" part="badge"></span>${hidden(t.markedUnread)}` : nothing;
  return html`
    ${mentioned ? html`<span class="badge" part="badge" aria-hidden="true">@</span>${hidden(t.mentioned)}` : nothing}
    <span class="badge ${muted ? 'muted' : ''}" part="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>
    ${hidden(t.unread(unread))}
  `;
}

/** Spoken only; the comma keeps a screen reader from running it into its neighbours. */
function hidden(text: string): TemplateResult {
  return html`<span class="visually-hidden">, ${text}, </span>`;
}
