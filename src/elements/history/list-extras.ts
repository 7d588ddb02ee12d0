import { html, type TemplateResult } from 'lit';
import type { ChatClientApi, Conversation, ConversationChange } from '../../client/api.js';
import { setSound, soundIsOn } from '../../client/preferences.js';
import { loadHistoryTexts } from '../../i18n/history/texts.js';
import { iconMuted, iconPin } from '../../styles/icons.js';
import { iconDot, iconHide } from './icons.js';
import { longPress } from './long-press.js';
import { openMenu, type Anchor } from './menu.js';
import { ImSearchResults, type Choice } from './search-results.js';
import { showUndo } from './undo.js';

export type { Choice, ImSearchResults };

if (!customElements.get('im-search-results')) customElements.define('im-search-results', ImSearchResults);

/** What is found beyond the list. */
export function results(
  client: ChatClientApi,
  query: string,
  listed: readonly { readonly id: string }[],
  now: () => number,
  on: { choose: (event: CustomEvent<Choice>) => void; leave: () => void; found: () => void },
): TemplateResult {
  return html`<im-search-results
    .client=${client}
    .query=${query}
    .listed=${new Set(listed.map(({ id }) => id))}
    .now=${now}
    @choose=${on.choose}
    @leave=${on.leave}
    @found=${on.found}
  ></im-search-results>`;
}

/** The menu of the row that was pointed at or touched for long enough, or of the one that the keyboard is at. */
export function rowMenu(client: ChatClientApi, event: Event, target: Element, tag: string): void {
  const list = target.closest<HTMLElement>('.list');
  const row = target.closest<HTMLElement>('.row') ?? list?.querySelector<HTMLElement>('.active');
  const conversation = client.conversation(row?.dataset['id'] ?? '');
  if (!list || !row || !conversation) return;
  const open = (anchor: Anchor): void => void openRowMenu(client, conversation, anchor, list, tag);
  if (event.type === 'touchstart') longPress(event as TouchEvent, target, open);
  else if (event.type === 'contextmenu' && row.contains(target)) {
    const { clientX: x, clientY: y } = event as MouseEvent;
    open({ x, y });
  } else open(row.querySelector('.more')?.checkVisibility() ? row.querySelector('.more')! : row);
}

async function openRowMenu(
  client: ChatClientApi,
  { id, name, pinned, muted, unread, markedUnread }: Conversation,
  anchor: Anchor,
  list: HTMLElement,
  tag: string,
): Promise<void> {
  const t = await loadHistoryTexts(tag);
  const root = list.closest<HTMLElement>('.root')!;
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
    opener: list,
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
export async function listMenu(client: ChatClientApi, button: HTMLElement, tag: string): Promise<void> {
  const t = await loadHistoryTexts(tag);
  const on = soundIsOn(client.account);
  openMenu(button.closest<HTMLElement>('.root')!, {
    label: t.options,
    anchor: button,
    opener: button,
    items: [{ label: t.sound, checked: on, run: () => setSound(client.account, !on) }],
  });
}
