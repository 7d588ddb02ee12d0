import type { ChatClientApi } from '../../client/api.js';

/**
 * Has the browser ask before it leaves the page while there are messages that would be lost with it. Only then: a page with such a
 * listener is not kept for the way back.
 */
export function guardUnload(client: ChatClientApi): () => void {
  const follow = ({ unsent }: ChatClientApi['storage']): void => {
    if (unsent > 0) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  };
  // A function of its own: two connections must not take away each other's.
  const ask = (event: Event): void => event.preventDefault();
  const off = client.on('storage', follow);
  follow(client.storage);
  return () => {
    off();
    window.removeEventListener('beforeunload', ask);
  };
}
