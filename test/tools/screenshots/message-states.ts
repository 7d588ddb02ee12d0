import type { Page } from 'puppeteer-core';
import { untilSeen } from '../../helpers/browsers.js';
import type { State } from './states.js';

/** In Alice's talk with Bob: a quote, reactions, an edited message, a recalled one and a pinned one, made as people make them. */
async function act(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('im-messenger')?.client?.connection.state === 'connected');
  await untilSeen(page, '>>> im-message');
  await page.evaluate(async () => {
    const client = document.querySelector('im-messenger')!.client!;
    const id = 'p2p-bob';
    const last = (flow: 'in' | 'out') =>
      client.timeline(id).messages.findLast((each) => each.flow === flow && !each.recalled)!;
    const say = async (content: string, replyTo?: number): Promise<void> => {
      const stored = new Promise((resolve) => client.on('send', resolve));
      await client.send(id, { content, ...(replyTo !== undefined && { replyTo }) });
      await stored;
    };
    const asked = client.timeline(id).messages.find((each) => each.flow === 'in')!;
    await client.pin(asked, true);
    await say('Green, as you asked.', asked.seq);
    await client.react(last('out'), '🎉', true);
    await client.react(last('in'), '👍', true);
    await say('Not for this chat');
    await client.recall(last('out'));
    await say('I will be in the gardn.');
    await client.edit(last('out'), 'I will be in the garden.');
  });
  await untilSeen(page, '>>> im-reactions >>> button');
  await untilSeen(page, '>>> im-pinned-bar >>> .bar');
}

/** The keyboard is at the newest message. */
async function atNewest(page: Page): Promise<void> {
  await act(page);
  await (await untilSeen(page, '>>> .scroller')).focus();
  await page.keyboard.press('End');
  await untilSeen(page, '>>> im-message-toolbar');
}

/** A key on the newest message, and what then appears. */
const press =
  (key: 'Enter' | 's' | 'f' | 'i' | 'Delete', seen: string) =>
  async (page: Page): Promise<void> => {
    await atNewest(page);
    await page.keyboard.press(key);
    await untilSeen(page, `>>> ${seen}`);
  };

const talk = { account: 'alice', conversation: 'p2p-bob' } as const;

export const messageStates: readonly State[] = [
  { name: 'acts', ...talk, then: act },
  { name: 'acts-menu', ...talk, then: press('Enter', '[role=menu]') },
  { name: 'acts-selection', ...talk, then: press('s', 'im-selection-bar') },
  { name: 'acts-forward', ...talk, then: press('f', 'dialog[open]') },
  { name: 'acts-details', ...talk, then: press('i', 'dialog[open]') },
  { name: 'acts-delete', ...talk, then: press('Delete', 'dialog[open]') },
];
