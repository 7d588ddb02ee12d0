import { SignJWT } from 'jose';

/** Whose messages the measured server carries. */
export const app = { key: 'bench', secret: 'a secret for measuring, which leaves no machine' };

/** A token as a page's own back end would sign it. */
export const token = (account: string): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(account)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(app.secret));
