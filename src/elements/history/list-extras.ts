import { html, type TemplateResult } from 'lit';
import type { ChatClientApi, Conversation, ConversationChange } from '../../client/api.js';
import { loadHistoryTexts } from '../../i18n/history/texts.js';
import { iconMuted, iconPin } from '../../styles/icons.js';
import { iconDot, iconHide } from './icons.js';
import { openMenu } from './menu.js';
import { ImSearchResults, type Choice } from './search-results.js';
import { setSound, soundIsOn } from './sound.js';
import { showUndo } from './undo.js';

export type { Choice, ImSearchResults };

export type Anchor = Element | { readonly x: number; readonly y: number };

type Place = { readonly root: HTMLElement; readonly tag: string; readonly opener: HTMLElement | undefined };

if (!customElements.get('im-search-results')) customElements.define('im-search-results', ImSearchResults);

/** What is found beyond the list. */
export function results(
  client: ChatClientApi,
  query: string,
  listed: ReadonlySet<string>,
  now: () => number,
  on: { choose: (event: CustomEvent<Choice>) => void; leave: () => void; found: () => void },
): TemplateResult {
  return html`<im-search-results
    .client=${client}
    .query=${query}
    .listed=${listed}
    .now=${now}
    @choose=${on.choose}
    @leave=${on.leave}
    @found=${on.found}
  ></im-search-results>`;
}

/** What one does with a conversation of the list. */
export async function rowMenu(
  client: ChatClientApi,
  conversation: Conversation,
  anchor: Anchor,
  { root, tag, opener }: Place,
): Promise<void> {
  const t = await loadHistoryTexts(tag);
  const { id, name, pinned, muted, unread, markedUnread } = conversation;
  const change = (to: ConversationChange): void =>
    void client.updateConversation(id, to).catch(() => showUndo(root, t.changeFailed));
  const hide = async (): Promise<void> => {
    try {
      await client.updateConversation(id, { hidden: true });
      showUndo(root, t.hiddenNow(name), t.undo, () => change({ hidden: false }));
    } catch {
      showUndo(root, t.changeFailed);
    }
  };
  const isUnread = unread > 0 || markedUnread === true;
  openMenu(root, {
    label: t.optionsOf(name),
    anchor,
    opener,
    items: [
      { label: pinned ? t.unpin : t.pin, icon: iconPin, run: () => change({ pinned: !pinned }) },
      { label: muted ? t.unmute : t.mute, icon: iconMuted, run: () => change({ muted: !muted }) },
      {
        label: isUnread ? t.markRead : t.markUnread,
        icon: iconDot,
        run: () => (isUnread ? client.markRead(id) : change({ markedUnread: true })),
      },
      { label: t.hide, icon: iconHide, run: () => void hide() },
    ],
  });
}

/** What one sets for the whole list. */
export async function listMenu(client: ChatClientApi, anchor: Element, { root, tag, opener }: Place): Promise<void> {
  const t = await loadHistoryTexts(tag);
  const on = soundIsOn(client.account);
  openMenu(root, {
    label: t.options,
    anchor,
    opener,
    items: [{ label: t.sound, checked: on, run: () => setSound(client.account, !on) }],
  });
}
