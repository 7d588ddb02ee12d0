import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ImConnection } from '../../src/elements/connection/connection.js';
import { Stage } from './helpers/stage.js';

const here = 'p2p-bob';
const patience = { timeout: 60_000 };

describe('a file from a page', () => {
  let stage: Stage;
  before(async () => (stage = await Stage.set()));
  after(() => stage.strike());

  it('F50: continues after a reload where it was, and is what it was', async (t) => {
    const body = `<im-connection server="${stage.server.url}" account="alice" token-url="${stage.server.url}/demo/token"></im-connection>`;
    const { page, faults } = await stage.open(t, stage.foreign('/upload.html', body));
    const connected = () =>
      page.waitForFunction(
        () => (document.querySelector('im-connection') as ImConnection).client?.connection.state === 'connected',
        patience,
      );
    await connected();
    await page.emulateNetworkConditions({ upload: 2_000_000, download: 10_000_000, latency: 0 });
    const sum = await page.evaluate(async (cid) => {
      const client = (document.querySelector('im-connection') as ImConnection).client!;
      await client.openConversation(cid);
      await client.openTimeline(cid);
      const bytes = new Uint8Array(6_000_000).map((_, i) => (i * 7_919) >> 5);
      await client.sendFile(cid, new File([bytes], 'x.bin'), { type: 'file', name: 'x.bin' });
      return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join();
    }, here);
    const far = await page.waitForFunction(
      (cid) => {
        const { upload } = (document.querySelector('im-connection') as ImConnection)
          .client!.timeline(cid)
          .messages.at(-1)!;
        return upload && upload.sent > 1_000_000 && upload.sent;
      },
      patience,
      here,
    );
    assert.ok(Number(await far.jsonValue()) < 6_000_000, 'it is under way');
    await page.reload();
    await connected();
    await page.evaluate(
      async (cid) => (document.querySelector('im-connection') as ImConnection).client!.openTimeline(cid),
      here,
    );
    const first = await page.waitForFunction(
      (cid) => {
        const { messages } = (document.querySelector('im-connection') as ImConnection).client!.timeline(cid);
        const { upload } = messages.at(-1) ?? {};
        return upload?.state === 'uploading' && upload.sent > 0 && upload.sent;
      },
      patience,
      here,
    );
    assert.ok(Number(await first.jsonValue()) > 500_000, 'not from the beginning');
    const received = await page.waitForFunction(
      async (cid) => {
        const client = (document.querySelector('im-connection') as ImConnection).client!;
        const message = client.timeline(cid).messages.at(-1);
        if (message?.status !== 'success') return false;
        const bytes = await (await fetch(await client.fileUrl(message, 'download'))).arrayBuffer();
        return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join();
      },
      patience,
      here,
    );
    assert.equal(await received.jsonValue(), sum);
    assert.deepEqual(faults, []);
  });
});
