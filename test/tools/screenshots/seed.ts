import type { DemoServer } from '../../helpers/demo-server.js';
import { manage } from '../../helpers/management.js';
import { say } from '../../helpers/say.js';
import { cast, emojiWall, longTexts, talk } from './cast.js';

/** Fills the server as people would, through the real client. */
export async function seed(server: DemoServer): Promise<void> {
  for (const { account, name } of cast) await manage(server.url, 'user/create', { accid: account, name });
  await say(server, 'alice', 'emoji', ...emojiWall);
  await say(server, 'long', 'alice', ...longTexts);
  for (const { account, lines } of cast) await say(server, account, 'alice', ...lines);
  for (const [from, line] of talk) await say(server, from, from === 'alice' ? 'bob' : 'alice', line);
}
