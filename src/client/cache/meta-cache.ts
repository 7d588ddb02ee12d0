import * as v from 'valibot';
import { ResumePoint, ShortId } from '../../protocol/frames.js';
import { Count, Profile } from '../../protocol/model.js';
import type { Meta } from './cache.js';
import type { ReadTransaction, WriteTransaction } from './schema.js';

const cursor = v.object({ epoch: ResumePoint.entries.epoch, u: Count });
const schemas = {
  cursor,
  profile: Profile,
  more: v.boolean(),
  played: v.array(v.string()),
  noticesRead: Count,
} as const;

/** The `meta` store: single values by name. */
export function putMeta(tx: WriteTransaction, meta: Meta): Promise<unknown>[] {
  const store = tx.objectStore('meta');
  return Object.entries(meta).map(async ([key, value]) => store.put(value, key));
}

export function forgetCursor(tx: WriteTransaction): Promise<unknown>[] {
  return ['cursor', 'noticesRead'].map(async (key) => tx.objectStore('meta').delete(key));
}

export async function allMeta(tx: ReadTransaction): Promise<Meta> {
  const store = tx.objectStore('meta');
  const [cursor, profile, more, played, noticesRead] = await Promise.all([
    store.get('cursor').then((value) => v.safeParse(schemas.cursor, value)),
    store.get('profile').then((value) => v.safeParse(schemas.profile, value)),
    store.get('more').then((value) => v.safeParse(schemas.more, value)),
    store.get('played').then((value) => v.safeParse(schemas.played, value)),
    store.get('noticesRead').then((value) => v.safeParse(schemas.noticesRead, value)),
  ]);
  return {
    ...(cursor.success && { cursor: cursor.output }),
    ...(profile.success && { profile: profile.output }),
    ...(more.success && { more: more.output }),
    ...(played.success && { played: played.output }),
    ...(noticesRead.success && { noticesRead: noticesRead.output }),
  };
}

/** Who this browser is to the server; made on the first visit. */
export async function ensureDevice(tx: WriteTransaction, make: () => string): Promise<string> {
  const store = tx.objectStore('meta');
  const known = await store.get('device');
  if (v.is(ShortId, known)) return known;
  const device = make();
  await store.put(device, 'device');
  return device;
}
