import type { ChatClientApi, ClientEvents } from '../../../src/client/api.js';

const events: (keyof ClientEvents)[] = [
  'connection',
  'conversations',
  'timeline',
  'message',
  'send',
  'send-fail',
  'typing',
  'presence',
  'storage',
  'group',
  'notice',
  'error',
];

/** Resolves with what `check` gives as soon as it gives something; asked again whenever the client says that anything changed. */
export function until<T>(
  client: ChatClientApi,
  check: () => T | undefined | false | null,
  what = check.toString(),
): Promise<T> {
  return new Promise((resolve, reject) => {
    const offs: (() => void)[] = [];
    const end = (): void => {
      clearTimeout(limit);
      for (const off of offs) off();
    };
    const look = (): void => {
      const found = check();
      if (found === undefined || found === false || found === null) return;
      end();
      resolve(found);
    };
    const limit = setTimeout(() => {
      end();
      reject(new Error(`it did not come to: ${what}; the link is ${JSON.stringify(client.connection)}`));
    }, 60_000);
    for (const event of events) offs.push(client.on(event, look));
    look();
  });
}

export const connected = (client: ChatClientApi): Promise<boolean> =>
  until(client, () => client.connection.state === 'connected');

/** The texts of a conversation as it stands on the screen. */
export const texts = (client: ChatClientApi, id: string): (string | undefined)[] =>
  client.timeline(id).messages.map(({ content }) => content);
