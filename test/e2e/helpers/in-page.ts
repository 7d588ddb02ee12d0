// Functions that run in the page: each stands alone, since only its text gets there.
import type { ImConnection } from '../../../src/elements/connection/connection.js';
import type { ImMessage } from '../../../src/elements/message/message.js';

/** A message as a screen or a cache has it. */
export type Seen = {
  readonly idClient: string;
  readonly from: string;
  readonly text: string;
  readonly status?: string;
};

/** Everything one can read of a conversation, from its beginning to its end, by scrolling through it as a person does. */
export async function readScreen(conversation: string): Promise<Seen[]> {
  const find = (root: ParentNode, selector: string): Element | null => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector)) return element;
      const inside = element.shadowRoot && find(element.shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const painted = (): Promise<void> =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  const until = async (holds: () => boolean): Promise<void> => {
    for (const start = performance.now(); !holds(); await painted())
      if (performance.now() - start > 30_000) throw new Error(`in vain: ${holds.toString()}`);
  };
  const list = find(document, 'im-message-list')!.shadowRoot!;
  const scroller = list.querySelector('[part~="scroller"]')!;
  const { client } = document.querySelector('im-connection') as ImConnection;
  const messages = (): NodeListOf<ImMessage> => list.querySelectorAll('im-message');

  await until(() => {
    scroller.scrollTop = 0;
    const { hasOlder, loading } = client!.timeline(conversation);
    return !hasOlder && loading === 'none' && scroller.scrollTop === 0;
  });
  await painted();

  const seen = new Map<string, Seen>();
  for (let atEnd = false; !atEnd;) {
    const here = [...messages()];
    for (const element of here) {
      const { idClient, from, status } = element.message!;
      const text = element.shadowRoot!.querySelector('[part~="body"]')!.textContent;
      seen.set(idClient, { idClient, from, text, status });
    }
    if (new Set(here.map(({ message }) => message!.idClient)).size !== here.length) throw new Error('a message twice');
    atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
    scroller.scrollTop += scroller.clientHeight / 2;
    await painted();
  }
  return [...seen.values()];
}

/** The log of a conversation in the page's own database, and how many messages wait in its outbox. */
export async function readCache(conversation: string): Promise<{ messages: Seen[]; unsent: number }> {
  type Row = { cid: string; message: { idClient: string; from: string; content: string } };
  const result = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
  const [name, ...others] = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith('im-elements') ? [name] : [],
  );
  if (name === undefined || others.length) throw new Error(`not one cache: ${[name, ...others].join()}`);
  const db = await result(indexedDB.open(name));
  const transaction = db.transaction(['events', 'outbox']);
  const rows = (await result(transaction.objectStore('events').getAll())) as Row[];
  const unsent = await result(transaction.objectStore('outbox').count());
  db.close();
  const messages = rows
    .filter(({ cid }) => cid === conversation)
    .map(({ message: { idClient, from, content } }) => ({ idClient, from, text: content }));
  return { messages, unsent };
}
