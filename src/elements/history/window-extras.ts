import type { ChatClientApi } from '../../client/api.js';
import { loadHistoryTexts } from '../../i18n/history/texts.js';
import { iconMuted, iconPin, iconSearch } from '../../styles/icons.js';
import { ImDateJump } from './date-jump.js';
import { ImExportPanel } from './export-panel.js';
import { ImFindBar } from './find-bar.js';
import { iconCalendar, iconExport, iconPictures } from './icons.js';
import { ImMediaView } from './media-view.js';
import { openMenu } from './menu.js';
import type { WindowPanel } from './panel.js';
import { showUndo } from './undo.js';

const panels = [
  ['im-find-bar', ImFindBar],
  ['im-date-jump', ImDateJump],
  ['im-media-view', ImMediaView],
  ['im-export-panel', ImExportPanel],
] as const;
type PanelTag = (typeof panels)[number][0];

/** The window that a menu is of. */
export interface MenuWindow {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly now: () => number;
  openAt(seq: number): Promise<void>;
}

type WindowPlace = {
  readonly root: HTMLElement;
  readonly client: ChatClientApi;
  readonly conversation: string;
  readonly now: () => number;
  readonly goTo: (seq: number) => void;
};

/** Puts a panel over the window, in place of another one. */
function openPanel(tag: PanelTag, place: WindowPlace, opener: HTMLElement | undefined): void {
  for (const [name, element] of panels) if (!customElements.get(name)) customElements.define(name, element);
  closePanels(place.root);
  const panel = place.root.ownerDocument.createElement(tag) as WindowPanel;
  const { client, conversation, goTo, now } = place;
  Object.assign(panel, { client, conversation, goTo, now, opener });
  place.root.append(panel);
}

/** Another conversation is shown: what was open was about the one before. */
export function closePanels(root: HTMLElement): void {
  for (const open of root.querySelectorAll(panels.map(([name]) => name).join())) open.remove();
}

/** What one does with the conversation that is open. */
export async function windowMenu(
  window: MenuWindow,
  client: ChatClientApi,
  id: string,
  tag: string,
  opener: HTMLElement,
): Promise<void> {
  const t = await loadHistoryTexts(tag);
  const root = window.renderRoot as HTMLElement;
  // Why it could not be shown the client tells.
  const goTo = (seq: number): void => void window.openAt(seq).catch(() => undefined);
  const place = { root, client, conversation: id, now: window.now, goTo };
  const { pinned = false, muted = false } = client.conversation(id) ?? {};
  const change = (to: { pinned?: boolean; muted?: boolean }): void =>
    void client.updateConversation(id, to).catch(() => showUndo(root, t.changeFailed));
  const panel = (name: PanelTag) => (): void => openPanel(name, place, opener);
  openMenu(root, {
    label: t.options,
    anchor: opener,
    opener,
    items: [
      { label: t.find, icon: iconSearch, run: panel('im-find-bar') },
      { label: t.jumpToDate, icon: iconCalendar, run: panel('im-date-jump') },
      { label: t.mediaAndFiles, icon: iconPictures, run: panel('im-media-view') },
      { label: t.exportIt, icon: iconExport, run: panel('im-export-panel') },
      { label: muted ? t.unmute : t.mute, icon: iconMuted, run: () => change({ muted: !muted }) },
      { label: pinned ? t.unpin : t.pin, icon: iconPin, run: () => change({ pinned: !pinned }) },
    ],
  });
}
