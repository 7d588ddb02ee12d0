// Gives unit tests a real server: `await executeServerCommand('server')` → `{ url }`, `'token', { account }` → `{ token }`,
// `'server-kill'`, `'server-restart'`. It starts when first asked for, and all pages share it: use accounts of your own.
import { tsImport } from 'tsx/esm/api';

export function serverPlugin() {
  let starting;
  const server = () => (starting ??= start());
  async function start() {
    const { DemoServer } = await tsImport('../helpers/demo-server.ts', import.meta.url);
    return DemoServer.start({ IM_ORIGINS: '*' });
  }
  const commands = new Map([
    ['server', async () => ({ url: (await server()).url })],
    ['token', async ({ account }) => ({ token: await (await server()).token(account) })],
    ['server-kill', async () => (await server()).kill().then(() => true)],
    ['server-restart', async () => (await server()).restart().then(() => true)],
  ]);
  return {
    name: 'im-elements-server',
    executeCommand: ({ command, payload }) => commands.get(command)?.(payload),
    async serverStop() {
      if (starting) await (await starting).close();
    },
  };
}
