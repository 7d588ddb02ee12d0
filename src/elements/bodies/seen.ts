import { ancestorsOf } from '../../i18n/ancestors.js';

/**
 * Tells later whether somebody still has before them where a body stood: rows come and go while one scrolls, but the list or the dialog
 * that they are in stays, with the same conversation.
 */
export function whereabouts(body: Element, conversationId: string): () => boolean {
  for (const element of ancestorsOf(body))
    if (element.localName === 'im-message-list' || element.localName === 'im-merged-dialog') {
      const list = element as Element & { readonly conversation?: string };
      return () => list.isConnected && (list.conversation ?? conversationId) === conversationId;
    }
  return () => body.isConnected;
}
