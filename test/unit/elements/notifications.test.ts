import { expect, fixture, nextFrame, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { ImConnection } from '../../../src/elements/connection/connection.js';
import { ImLauncher } from '../../../src/elements/launcher/launcher.js';
import '../../../src/define.js';
// Loaded on demand; here it is there already, so that nothing is told later than in the next turn.
import '../../../src/elements/history/tell.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { mixed, mount } from '../../helpers/mounted-list.js';

/** What the system was asked to show; a real one needs a permission that only a person gives. */
const shown: SystemNotification[] = [];
class SystemNotification {
  static permission: NotificationPermission = 'granted';
  static requestPermission(): Promise<NotificationPermission> {
    SystemNotification.permission = 'granted';
    return Promise.resolve('granted');
  }
  onclick: (() => void) | null = null;
  closed = false;
  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    shown.push(this);
  }
  close(): void {
    this.closed = true;
  }
}

describe('notifications', () => {
  const real = window.Notification;
  beforeEach(() => {
    shown.length = 0;
    SystemNotification.permission = 'granted';
    window.Notification = SystemNotification as unknown as typeof Notification;
  });
  afterEach(() => (window.Notification = real));

  const ring = (client: FakeClient): void =>
    client.emit('notify', { message: client.receive('p2p-bob', { content: '<b>hi</b>' }) });
  const known = (): FakeClient => {
    const client = new FakeClient();
    client.add('p2p-bob', { name: 'Bob' });
    return client;
  };

  it('say who wrote what, one a conversation, and open it', async () => {
    const client = known();
    const connection = await fixture<ImConnection>(html`<im-connection .client=${client}></im-connection>`);
    const chosen: string[] = [];
    connection.addEventListener('im-conversation-select', ({ detail }) => chosen.push(detail.conversationId));
    ring(client);
    await waitUntil(() => shown.length > 0, 'it is shown');
    expect(shown[0]).to.deep.include({ title: 'Bob', options: { body: '<b>hi</b>', tag: 'p2p-bob' } });
    shown[0]!.onclick!();
    expect(chosen).to.deep.equal(['p2p-bob']);
    expect(shown[0]!.closed).to.equal(true);
  });

  it('are the page’s to keep back', async () => {
    const client = known();
    const connection = await fixture<ImConnection>(html`<im-connection .client=${client}></im-connection>`);
    connection.addEventListener('im-notify', (event) => event.preventDefault());
    ring(client);
    await nextFrame();
    expect(shown).to.deep.equal([]);
  });

  for (const permission of ['default', 'denied'] as const)
    it(`are not shown without permission (${permission})`, async () => {
      SystemNotification.permission = permission;
      const client = known();
      await fixture<ImConnection>(html`<im-connection .client=${client}></im-connection>`);
      ring(client);
      await nextFrame();
      expect(shown).to.deep.equal([]);
    });

  it('open a launcher that is closed', async () => {
    const client = known();
    const launcher = await fixture<ImLauncher>(html`<im-launcher .client=${client}></im-launcher>`);
    ring(client);
    await waitUntil(() => shown.length > 0, 'it is shown');
    shown[0]!.onclick!();
    await waitUntil(() => launcher.renderRoot.querySelector('im-messenger')?.conversation === 'p2p-bob');
    expect(launcher.open).to.equal(true);
  });

  it('are asked for by a button that goes with the answer', async () => {
    SystemNotification.permission = 'default';
    const { list } = await mount(mixed());
    const button = (): HTMLElement | null => list.renderRoot.querySelector('[part=notifications]');
    await expect(list).to.be.accessible();
    button()!.click();
    await waitUntil(() => button() === null);
  });

  it('know whether a person looks at the page', async () => {
    const client = known();
    const connection = await fixture<ImConnection>(html`<im-connection .client=${client}></im-connection>`);
    expect(client.attended).to.equal(document.hasFocus());
    connection.remove();
    await waitUntil(() => !client.attended);
  });
});
