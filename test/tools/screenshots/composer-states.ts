import type { Page } from 'puppeteer-core';
import { untilSeen } from '../../helpers/browsers.js';
import type { State } from './states.js';

const alice = { account: 'alice', conversation: 'p2p-bob' } as const;

/** Presses a button of the composer and waits for what it opens. */
const open = async (page: Page, button: string, seen: string): Promise<void> => {
  await untilSeen(page, '>>> textarea:not(:disabled)');
  await (await untilSeen(page, `>>> im-composer >>> ${button}`)).click();
  await untilSeen(page, `>>> ${seen}`);
};
/** Runs with the composer that is on screen. */
const withComposer = async (page: Page, run: string, seen: string): Promise<void> => {
  await untilSeen(page, '>>> textarea:not(:disabled)');
  await page.evaluate(`(async () => {
    const messenger = document.querySelector('im-messenger');
    const { client } = messenger;
    const composer = messenger.shadowRoot.querySelector('im-chat-window').shadowRoot.querySelector('im-composer');
    ${run}
  })()`);
  await untilSeen(page, `>>> ${seen}`);
};

/** Bob's conversation as if it were a group, whose members are these. */
const asGroup = `
  const { conversation } = client;
  client.conversation = (id) => ({ ...conversation.call(client, id), scene: 'group' });
  client.members = async () => [
    { account: 'alice', role: 'owner' },
    { account: 'mia', name: 'Mia Chen' },
    { account: 'omar', name: 'عمر الفاروق' },
    { account: 'xia', name: '夏日旅行' },
    { account: 'max', name: 'Maximiliane Alexandra von Hohenstein-Wartenberg zu Hochburg' },
  ];`;

/** What the tools of the composer look like. What no server is needed for, the page plays. */
export const composerStates: readonly State[] = [
  { name: 'composer-emoji', ...alice, then: (page) => open(page, '[part=emoji]', 'im-emoji-picker >>> .cell') },
  { name: 'composer-attach', ...alice, then: (page) => open(page, '[part=attach]', '[role=menu]') },
  {
    name: 'composer-location',
    ...alice,
    then: async (page) => {
      await open(page, '[part=attach]', '[role=menu]');
      await (await untilSeen(page, '>>> [role=menuitem]:last-of-type')).click();
      await untilSeen(page, '>>> form.place');
    },
  },
  {
    name: 'composer-staged',
    ...alice,
    then: (page) =>
      withComposer(
        page,
        `client.sendFile = () => Promise.reject(new Error());
         const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
         const context = canvas.getContext('2d');
         context.fillStyle = 'skyblue'; context.fillRect(0, 0, 640, 480);
         context.fillStyle = 'seagreen'; context.arc(320, 600, 300, 0, 7); context.fill();
         const blob = await new Promise((done) => canvas.toBlob(done));
         await composer.attach([
           new File([blob], 'garden.png', { type: 'image/png' }),
           new File([blob], 'photo.png', { type: 'image/png' }),
           new File([new Uint8Array(1468006)], 'Packing list, final version of the final.pdf', { type: 'application/pdf' }),
           new File(['x'], 'قائمة.txt', { type: 'text/plain' }),
         ]);`,
        'im-composer >>> .tile.picture canvas',
      ),
  },
  {
    name: 'composer-quote',
    ...alice,
    then: (page) =>
      withComposer(page, `composer.quote = client.timeline('p2p-bob').messages[6]`, 'im-composer >>> .quote'),
  },
  {
    name: 'composer-editing',
    ...alice,
    then: (page) =>
      withComposer(page, `composer.editing = client.timeline('p2p-bob').messages[2]`, 'im-composer >>> .quote'),
  },
  {
    name: 'composer-mentions',
    ...alice,
    then: async (page) => {
      await withComposer(page, `${asGroup} await composer.need();`, 'textarea');
      await (await untilSeen(page, '>>> textarea')).click();
      await page.keyboard.type('Hi @');
      await untilSeen(page, '>>> .mentions .choice');
    },
  },
  {
    name: 'composer-muted',
    ...alice,
    then: (page) =>
      withComposer(
        page,
        `client.may = () => ({ allowed: false, reason: 'muted-all' }); composer.requestUpdate();`,
        'im-composer >>> .refusal',
      ),
  },
  {
    name: 'composer-recording',
    ...alice,
    then: async (page) => {
      await page.evaluate(`navigator.mediaDevices.getUserMedia = async () => {
        const audio = new AudioContext();
        const tone = audio.createOscillator();
        const gain = audio.createGain();
        const sway = audio.createOscillator();
        sway.frequency.value = 1.5;
        sway.connect(gain.gain);
        const out = audio.createMediaStreamDestination();
        tone.connect(gain).connect(out);
        tone.start(); sway.start();
        return out.stream;
      }`);
      await open(page, '[part=record]', 'im-recorder >>> svg.wave');
      await page.waitForFunction(
        `document.querySelector('im-messenger').shadowRoot.querySelector('im-chat-window').shadowRoot.querySelector('im-composer')
          .shadowRoot.querySelector('im-recorder').shadowRoot.querySelector('.time').textContent === '0:02'`,
      );
    },
  },
];
