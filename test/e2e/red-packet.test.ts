import { after, before, describe, it } from 'node:test';
import { untilSeen } from '../helpers/browsers.js';
import { Stage, untilText } from './helpers/stage.js';

describe('a red packet of the demo', () => {
  let stage: Stage;
  before(async () => (stage = await Stage.set()));
  after(() => stage.strike());

  it('goes from Alice to Bob, who opens it by a click; both see that', async (t) => {
    const { page } = await stage.open(t, `${stage.server.url}/`);
    await untilSeen(page, 'im-messenger[account=bob] >>> textarea');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('im-messenger')].every(({ client }) => client?.connection.state === 'connected'),
    );
    await page.click('button[data-send=packet]');
    const packet = (account: string): string =>
      `im-messenger[account=${account}] >>> im-message >>> im-red-packet-body >>> .row`;
    await untilText(page, packet('alice'), 'Waiting to be opened');
    const open = await untilSeen(page, 'im-messenger[account=bob] >>> im-red-packet-body >>> .open');
    await open.click();
    await untilText(page, packet('bob'), 'You opened it');
    await untilText(page, packet('alice'), 'All gone');
  });
});
