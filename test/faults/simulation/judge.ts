import { check, type Log, type LogRow, type Verdict } from '../check.js';
import type { Acted } from '../../../src/protocol/actions.js';
import { conversationKey, type History } from '../history.js';
import { firstText, stateOf } from './acted.js';
import type { MessageRow } from '../../../src/server/storage/storage.js';
import { Host } from './host.js';
import { cidOf, Page } from './sim-client.js';
import type { World } from './world.js';

/** By then everybody has come to the same, ms after the storm. */
const convergesIn = 30_000;
/** By then the server has noticed every connection that is dead. */
const noticedIn = 45_000;

/** Waits until all agree. @returns how long that took, ms; `undefined` where they never did */
export async function converge(world: World): Promise<number | undefined> {
  const start = world.time.now();
  let words: string | undefined = '';
  for (let ms = 0; ms <= convergesIn; ms = world.time.now() - start) {
    words = unsettled(world);
    if (words === undefined) return ms;
    await world.time.advance(500);
  }
  world.problem(`they do not agree after ${convergesIn / 1000} s: ${words}`);
  return undefined;
}

/** Looks at everything in the end: the log, each page, and a fresh one of each account. Closes all of them. */
export async function judge(world: World): Promise<Verdict> {
  const start = world.time.now();
  await world.time.advance(noticedIn);
  world.note(`it is quiet after ${world.time.now() - start}`);
  checkSessions(world);
  const pages = world.devices.flatMap(({ page }) => page ?? []);
  const fresh = [...new Map(pages.map((page) => [page.account, page])).values()].map((page) => openFresh(world, page));
  await world.time.advance(1_000);
  for (const page of [...pages, ...fresh]) await settled(world, page.loadAll(), `${page.name} cannot load all`);
  const views = [...pages.flatMap((page) => page.views(false)), ...fresh.flatMap((page) => page.views(true))];
  const verdict = check({ sends: world.history.sends, log: logOf(world), views });
  for (const page of [...pages, ...fresh]) {
    await settled(world, page.client.close(), `${page.name} cannot close`);
    if (page.host.pending > 0) world.problem(`${page.name} is closed and has ${page.host.pending} timers`);
  }
  world.server?.host.kill();
  return verdict;
}

/** What is not as it shall be yet, in words. */
function unsettled(world: World): string | undefined {
  for (const { page, name } of world.devices) {
    if (!page) return `${name} is not open`;
    if (!page.settled) return `${page.name} is ${page.client.connection.state}, or still sends`;
    for (const partner of page.partners) {
      const view = viewOf(world, page.account, partner);
      const shown = page.client.conversation(cidOf(partner));
      for (const key of ['lastSeq', 'unread', 'readSeq'] as const)
        if ((view?.[key] ?? 0) !== (shown?.[key] ?? 0))
          return `${page.name} has ${key} ${shown?.[key]} with ${partner}, the store ${view?.[key]}`;
    }
  }
  const open = world.history.sends.filter(({ idClient, end }) => idClient !== undefined && end.kind === 'unknown');
  if (open.length === 0) return undefined;
  // Its page may have died before it could say that it was acked: then the log tells.
  const stored = new Set([...logOf(world).conversations.values()].flat().map(({ content }) => content));
  // … or that it had failed, as the page that has it now shows.
  const failed = new Set(
    world.devices
      .flatMap(({ page }) =>
        page ? page.partners.flatMap((partner) => page.client.timeline(cidOf(partner)).messages.filter(isFailed)) : [],
      )
      .map(({ content }) => content),
  );
  const lost = open.find(({ content }) => !stored.has(content) && !failed.has(content));
  return lost && `"${lost.content}" has no end`;
}

function viewOf({ disk: { tables } }: World, account: string, partner: string) {
  const conversation = tables.findDirect(account, partner);
  return conversation && tables.view(account, conversation.id);
}

/** One live connection a page, none of those that are gone. */
function checkSessions(world: World): void {
  for (const account of new Set(world.devices.map((device) => device.account))) {
    const sessions = world.server?.hub.sessionsOf(account).length ?? 0;
    const pages = world.devices.filter((device) => device.account === account).length;
    if (sessions !== pages) world.problem(`${account} has ${pages} pages and ${sessions} connections`);
  }
}

function openFresh(world: World, { account, partners }: Page): Page {
  const host = new Host(world.time);
  const socket = world.network.socketFor(host);
  const page = new Page(world, { name: `${account}-fresh`, account, partners, cache: 'memory', host, socket });
  page.open();
  return page;
}

function logOf({ disk, devices, history }: World): Log {
  const conversations = new Map<string, LogRow[]>();
  const others = new Map<string, Set<number>>();
  const deleted = new Map<string, Set<number>>();
  for (const { account, partners } of devices)
    for (const partner of partners) {
      const key = conversationKey(account, partner);
      const found = disk.tables.findDirect(account, partner);
      const rows = found ? disk.tables.messages(found.id, 1, found.seq, account) : [];
      conversations.set(
        key,
        rows.filter(isMessage).map((row) => rowOf(history, row)),
      );
      others.set(key, new Set(rows.filter((row) => !isMessage(row)).map(({ seq }) => seq)));
      deleted.set(`${account} ${key}`, new Set(rows.filter((row) => row.hidden).map(({ seq }) => seq)));
    }
  return { epoch: disk.epoch, conversations, others, deleted };
}

function isMessage({ type }: MessageRow): boolean {
  return type === 'text';
}

/** Of a recalled one nothing is left by which it could be known but its id. */
function rowOf(history: History, { seq, id, idClient, from, body }: MessageRow): LogRow {
  const acted = JSON.parse(body) as Acted;
  const content = history.find(idClient)?.content ?? firstText(acted.content ?? '');
  return { seq, id, idClient, from, content, state: stateOf(acted) };
}

async function settled(world: World, work: Promise<unknown>, words: string): Promise<void> {
  let over = false;
  void work.then(() => (over = true));
  for (let i = 0; i < 200 && !over; i++) await world.time.advance(100);
  if (!over) world.problem(words);
}

function isFailed({ status }: { readonly status: string }): boolean {
  return status === 'fail';
}
