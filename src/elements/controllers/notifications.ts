import type { ChatClientApi } from '../../client/api.js';
import type { Translation } from '../../i18n/en.js';
import type { Message } from '../../protocol/message.js';
import { ImEvent } from '../events.js';

export type NotificationHost = HTMLElement & {
  /** The words of the host's language. */
  readonly translation: Translation;
  openConversation(conversationId: string): void;
  readonly sound: 'on' | 'off';
};

const attentionEvents = ['visibilitychange', 'focus', 'blur'];

/**
 * Tells a person who looks elsewhere of a message, by the system's notifications, where the page has the permission. One per conversation: a
 * newer one takes its place.
 * @returns ends it
 */
export function showNotifications(host: NotificationHost, client: ChatClientApi): () => void {
  const attend = (): void => client.setAttended(document.visibilityState === 'visible' && document.hasFocus());
  const off = client.on('notify', ({ message }) => show(host, client, message));
  for (const type of attentionEvents) window.addEventListener(type, attend, true);
  attend();
  return () => {
    off();
    for (const type of attentionEvents) window.removeEventListener(type, attend, true);
    client.setAttended(false);
  };
}

/** Whether a person can still be asked. */
export function mayAskForNotifications(): boolean {
  return isSecureContext && 'Notification' in window && Notification.permission === 'default';
}

function show(host: NotificationHost, client: ChatClientApi, message: Message): void {
  if (host.dispatchEvent(new ImEvent('im-notify', { message }, { cancelable: true })))
    import('../history/tell.js').then(({ tell }) => tell(host, client, message), console.warn);
}
