import { createHash, randomUUID } from 'node:crypto';
import { testApp } from './chat-server.js';

export type Answer = { code: number; desc?: string; info?: { token?: string; accid?: string; name?: string } };

/** The four headers that sign a management call. */
export function signed(
  { nonce = randomUUID(), curTime = String(Math.floor(Date.now() / 1000)) }: { nonce?: string; curTime?: string } = {},
  { key, secret } = testApp,
): Record<string, string> {
  const CheckSum = createHash('sha1')
    .update(secret + nonce + curTime)
    .digest('hex');
  return { AppKey: key, Nonce: nonce, CurTime: curTime, CheckSum };
}

/** `POST /nimserver/<action>.action`, signed and form-encoded. HTTP must say 200 whatever happens. */
export async function manage(
  url: string,
  action: string,
  fields: Record<string, string>,
  headers: Record<string, string> = signed(),
): Promise<Answer> {
  const response = await fetch(`${url}/nimserver/${action}.action`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as Answer;
}
