import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { accents, contrastOf } from '../../helpers/contrast.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { mixed, mount, now, rowOf, rows, textOf } from '../../helpers/mounted-list.js';

describe('im-conversation-list: look', () => {
  it('is the same on a hostile page', async () => {
    const { list } = await mount(mixed());
    list.style.width = '320px';
    expect(changedByHostilePage(list)).to.deep.equal([]);
  });

  for (const theme of ['light', 'dark'])
    for (const accent of accents)
      it(`is readable: ${theme}, accent ${accent}`, async () => {
        const client = mixed();
        client.type('p2p-bob', 'bob');
        const { list, select } = await mount(client, { theme });
        list.style.setProperty('--im-color-accent', accent);
        select('group-trip');
        await list.updateComplete;
        const texts = list.shadowRoot!.querySelectorAll('h2, .name, .preview, .time, .badge, .draft, .typing');
        expect(texts.length).to.be.greaterThan(15);
        for (const text of texts) expect(contrastOf(text), text.className).to.be.at.least(4.5);
      });

  it('mirrors from right to left, in Arabic words', async () => {
    const { list } = await mount(mixed(), { lang: 'ar', dir: 'rtl' });
    await waitUntil(() => list.shadowRoot!.querySelector('h2')!.textContent === 'المحادثات');
    const [row] = rows(list);
    const avatar = row!.querySelector('im-avatar')!.getBoundingClientRect();
    expect(avatar.left).to.be.greaterThan(row!.querySelector('.name')!.getBoundingClientRect().left);
    // A name in Latin letters stands beside its picture, not at the far side.
    const bob = rowOf(list, 'p2p-bob');
    const name = document.createRange();
    name.selectNodeContents(bob.querySelector('.name')!);
    const gap = bob.querySelector('im-avatar')!.getBoundingClientRect().left - name.getBoundingClientRect().right;
    expect(gap).to.be.closeTo(12, 1);
  });

  it('speaks Chinese', async () => {
    const { list } = await mount(mixed(), { lang: 'zh-CN' });
    await waitUntil(() => list.shadowRoot!.querySelector('h2')!.textContent === '聊天');
    expect(textOf(rowOf(list, 'p2p-mia').querySelector('.second')!)).to.equal('草稿： not yet');
    await expect(list).to.be.accessible();
  });

  it('cuts long names and lines without moving anything', async () => {
    const client = new FakeClient('alice', () => now);
    const long = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(4);
    client.add('p2p-long', {
      name: long,
      unread: 1000,
      muted: true,
      pinned: true,
      lastMsg: client.message('p2p-long', { content: 'x'.repeat(4000) }),
    });
    const { list } = await mount(client);
    const [row] = rows(list);
    expect(row!.offsetHeight).to.equal(64);
    const { right } = row!.getBoundingClientRect();
    for (const part of row!.querySelectorAll('.time, .badge'))
      expect(part.getBoundingClientRect().right).to.be.at.most(right);
    expect(row!.querySelector('.badge')!.textContent).to.equal('99+');
    expect(list.shadowRoot!.querySelector('.list')!.scrollWidth).to.be.at.most(320);
  });

  it('does not steal the focus', async () => {
    await mount(mixed());
    await aTimeout(0);
    expect(document.activeElement === document.body).to.equal(true);
  });
});
