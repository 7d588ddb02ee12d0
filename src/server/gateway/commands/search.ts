import { errorCodes } from '../../../protocol/codes.js';
import { ChatError } from '../../chat/chat-error.js';
import { storedEventJson } from '../../chat/log-event.js';
import type { Command, GatewayServices } from '../services.js';
import type { Session } from '../session.js';

/** Messages, and people and conversations by name. */
export const search: Command<'search'> = (services, session, frame) => {
  admitSearch(services, session);
  const { r, t: _, ...query } = frame;
  session.answerInTurn(frame, async () => {
    const { people, conversations, hits, more } = await services.chat.search.find(session.account, query);
    const events = hits.map(({ cid, row }) => `{"cid":"${cid}","event":${storedEventJson(row)}}`).join(',');
    return (
      `{"t":"found","r":${r},"people":${JSON.stringify(people)},"conversations":${JSON.stringify(conversations)},` +
      `"hits":[${events}],"more":${more}}`
    );
  });
};

/** A search costs the store more than anything else that one may ask for. @throws {ChatError} 416 */
export function admitSearch({ searchRates, clock }: GatewayServices, { account }: Session): void {
  const waitMs = searchRates.wait(account, clock.now());
  if (waitMs > 0) throw new ChatError(errorCodes.tooFrequent, 'too many searches: wait', waitMs);
}
