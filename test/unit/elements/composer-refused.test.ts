import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { MountedComposer, setGroup } from '../../helpers/mounted-composer.js';

const id = 'group-trip';
const words = (it: MountedComposer): string | undefined => it.query('.refusal')?.textContent?.trim();

describe('im-composer: where one may not write', () => {
  it('says why, in place of the field, and opens again', async () => {
    const it = await MountedComposer.mount(id, {
      before: (client) => setGroup(client, id, { mutedAll: true }),
    });
    await it.seen('.refusal');
    expect(words(it)).to.equal('Only the owner and admins may write here at the moment.');
    expect(it.query('form')!.hidden).to.equal(true);
    expect(it.area.disabled).to.equal(true);
    await expect(it.composer).to.be.accessible();
    for (const [fields, text] of [
      [{ role: 'outsider' }, 'You are not a member of this group.'],
      [{ dismissed: true }, 'This group has been closed.'],
      [{ form: 'broadcast' }, 'Only the owner and admins may write in this group.'],
      [{ mutedUntil: Date.now() + 1e12 }, 'You have been muted in this group.'],
    ] as const) {
      setGroup(it.client, id, fields);
      await waitUntil(() => words(it) === text, text);
    }
    setGroup(it.client, id);
    await it.gone('.refusal');
    expect(it.area.disabled).to.equal(false);
    expect(it.query('form')!.hidden).to.equal(false);
  });

  it('says until when, and opens by itself then', async () => {
    const it = await MountedComposer.mount(id);
    await it.tools();
    const until = Date.now() + 300;
    setGroup(it.client, id, { mutedUntil: until });
    await it.seen('.refusal');
    expect(words(it)).to.match(/^You have been muted here until \d\d:\d\d\.$/);
    await it.gone('.refusal');
  });

  it('holds for the conversation in which it is so', async () => {
    const it = await MountedComposer.mount(id, {
      before: (client) => setGroup(client, id, { form: 'broadcast' }),
    });
    await it.seen('.refusal');
    it.composer.conversation = 'p2p-bob';
    await it.gone('.refusal');
    expect(it.area.disabled).to.equal(false);
  });
});

describe('im-composer: slow mode', () => {
  it('counts down on the button and in words, and keeps what is written', async () => {
    const it = await MountedComposer.mount(id, {
      before: (client) => {
        client.features = { ...client.features, slowModeMs: 2_000 };
      },
    });
    await it.tools();
    const button = it.query<HTMLButtonElement>('.send')!;
    await it.type('first');
    it.key('Enter');
    await it.type('second');
    it.key('Enter');
    expect(it.calls('send'), 'the second waits').to.have.length(1);
    await it.seen('.slow');
    expect(it.query('.slow')!.textContent).to.match(/^Slow mode: you can write again in [12] seconds?\.$/);
    expect(button.querySelector<HTMLElement>('.wait')!.dataset['left']).to.match(/^[12]$/);
    expect(button.disabled).to.equal(true);
    expect(it.area.value).to.equal('second');
    await expect(it.composer).to.be.accessible();
    await waitUntil(() => !it.query('.slow'), 'it ends by itself', { timeout: 5_000 });
    it.key('Enter');
    expect(it.calls('send')).to.have.length(2);
  });

  it('is for groups', async () => {
    const it = await MountedComposer.mount('p2p-bob', {
      before: (client) => {
        client.features = { ...client.features, slowModeMs: 60_000 };
      },
    });
    await it.tools();
    for (const text of ['one', 'two']) {
      await it.type(text);
      it.key('Enter');
    }
    expect(it.calls('send')).to.have.length(2);
  });
});
