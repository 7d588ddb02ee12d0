import type { ChatClientApi } from '../../client/api.js';
import { previewText } from '../../renderers/preview.js';
import type { Message } from '../../protocol/message.js';
import type { NotificationHost } from '../controllers/notifications.js';
import { ring } from './sound.js';

/** Tells a person who looks elsewhere of a message: by a sound, and by the system's notification where the page may. */
export function tell(host: NotificationHost, client: ChatClientApi, message: Message): void {
  if (host.sound !== 'off') ring(client.account);
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const { conversationId, from } = message;
  const { name, avatar } = client.conversation(conversationId) ?? { name: from };
  const body = previewText(
    message,
    host.translation,
    (account) => client.conversation(`p2p-${account}`)?.name ?? account,
  );
  try {
    const notification = new Notification(name, { body, tag: conversationId, ...(avatar && { icon: avatar }) });
    notification.onclick = () => {
      window.focus();
      host.openConversation(conversationId);
      notification.close();
    };
  } catch {
    // Android's browsers show notifications of service workers only.
  }
}
