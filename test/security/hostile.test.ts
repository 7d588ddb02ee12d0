import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';
import { hostileStrings } from '../helpers/hostile-strings.js';
import { manage } from '../helpers/management.js';
import { complaintsOf, find, untilHolds } from './helpers/conversation.js';
import { openScreen } from './helpers/screens.js';
import { WatchedSite } from './helpers/watched-site.js';

/** What the store cannot hold, or nobody could read. */
const refused = (text: string): boolean => /\0|[\ud800-\udfff]/u.test(text) || text.trim() === '';

const fast = { perSecond: 1e6, burst: 1e6 };
const unlimited = { frames: fast, sendsPerConnection: fast, sendsPerAccount: fast, managementPerSecond: 1e6 };

/** A server with the demo’s tokens and no bounds on how fast one may attack it. */
const start = (t: TestContext): Promise<ChatServer> =>
  ChatServer.start(t, { demo: true, origins: 'any', tuning: unlimited });

describe('the corpus of hostile strings', () => {
  it('S-22: goes through the real server in every field; what is refused is refused in words, and the connection lives', async (t) => {
    const server = await start(t);
    const [eve] = await server.connectAll('eve', 'bob');
    const place = { longitude: 0, latitude: 0 };
    for (const text of hostileStrings) {
      const bodies = [
        { type: 'text', content: text, custom: text.slice(0, 1_000) },
        {
          type: 'custom',
          content: JSON.stringify({ kind: text.slice(0, 40), fallback: text.slice(0, 400) }),
        },
        { type: 'location', location: { title: text.slice(0, 256), ...place } },
      ];
      for (const [i, body] of bodies.entries()) {
        const idClient = crypto.randomUUID();
        eve.sendRaw(JSON.stringify({ t: 'send', idClient, cid: 'p2p-bob', ...body }));
        const answer = await eve.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
        if (answer.t === 'nack') assert.ok(!answer.retry && answer.code === 414 && answer.message !== '', text);
        assert.equal(answer.t, i === 0 && refused(text) ? 'nack' : answer.t, JSON.stringify(text));
      }
      for (const frame of [
        { t: 'send', idClient: text, cid: 'p2p-bob', type: 'text', content: 'x' },
        { t: 'send', idClient: crypto.randomUUID(), cid: 'p2p-bob', type: text, content: 'x' },
        {
          t: 'send',
          idClient: crypto.randomUUID(),
          cid: 'p2p-bob',
          type: 'file',
          file: { url: text, name: text, size: 1, ext: text, mime: text },
        },
        {
          t: 'send',
          idClient: crypto.randomUUID(),
          cid: 'p2p-bob',
          type: 'text',
          content: 'x',
          mentions: [`${text}!`],
          replyTo: 1,
        },
        { t: 'typing', cid: `${text}!`, on: true },
      ]) {
        eve.sendRaw(JSON.stringify(frame));
        const answer = await eve.expectAny(['nack', 'error', 'ack']);
        assert.ok(answer.t !== 'ack' || /^[\w-]{8,64}$/.test(text), JSON.stringify(text));
      }
    }
    eve.send({ t: 'ping' });
    await eve.expect('pong');
  });

  it('S-22: is read by its victim as text, under the strictest policy, in names, rows and messages', async (t) => {
    const server = await start(t);
    const site = await WatchedSite.start(server.url);
    t.after(() => site.close());
    const screen = await openScreen('chromium');
    t.after(() => screen.close());
    const [eve] = await server.connectAll('eve', 'bob');
    for (const text of hostileStrings.filter((each) => !refused(each)))
      assert.equal((await eve.text('p2p-bob', text)).t, 'ack');
    const short = hostileStrings.filter((text) => text.length <= 64 && !refused(text));
    for (const [i, text] of short.slice(0, 150).entries()) {
      const accid = `h-${i}`;
      const made = await manage(server.url, 'user/create', { accid, name: text, icon: `javascript:owned("${i}")` });
      assert.equal(made.code, 200, text);
      const sender = await server.connect(accid);
      await sender.text('p2p-bob', text);
      await sender.close();
    }
    const url = site.page('/victim', {
      body: `<link rel="stylesheet" href="/layout.css"><script type="module" src="${site.url}/im-elements.js"></script>
        <im-messenger account="bob" token-url="${site.url}/demo/token" server="${site.url}" conversation="p2p-eve"></im-messenger>`,
      policy: `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html`,
      files: { '/layout.css': 'html, body { height: 100%; margin: 0 } im-messenger { height: 100% }' },
    });
    await screen.goto(url);
    await untilHolds(screen, `${find}('im-message', 'bob')?.shadowRoot.textContent`);
    for (const scroller of [
      `${find}('im-message-list', 'bob').shadowRoot.querySelector('[part~=scroller]')`,
      `${find}('im-conversation-list', 'bob').shadowRoot.querySelector('[role=listbox]')`,
    ])
      await screen.evaluate(`(async (scroller) => {
        for (let at = null; scroller && at !== scroller.scrollTop;) {
          at = scroller.scrollTop;
          scroller.scrollTop += scroller.clientHeight * (${scroller.includes('message-list')} ? -1 : 1);
          for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
        }
      })(${scroller})`);
    assert.deepEqual(await complaintsOf(screen, site), []);
    const found = await screen.evaluate<string[]>(`(() => {
      const bad = [];
      const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
          if (/^(script|iframe|object|embed|style|link|meta|base)$/.test(element.localName) && element.getRootNode() !== document) bad.push(element.outerHTML);
          for (const { name, value } of element.attributes) if (/^on(?!line$)/.test(name) || /^\\s*(javascript|vbscript):/i.test(value)) bad.push(name + '=' + value);
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      return bad.concat('owned' in globalThis ? 'it ran' : [], 'polluted' in {} ? 'polluted' : []);
    })()`);
    assert.deepEqual(found, []);
  });
});
