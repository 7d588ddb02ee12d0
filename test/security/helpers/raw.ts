import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which an upgrade was asked for with these header lines, whatever they are. */
export async function askToUpgrade(port: number, path: string, ...lines: readonly string[]): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...lines,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** Everything that comes until the other side closes. */
export async function readToEnd(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks);
}

/** One WebSocket frame from a client, masked with zeros. */
export function wsFrame(first: number, payload: string | Buffer): Buffer {
  const data = Buffer.from(payload);
  const size = data.length < 126 ? [0x80 | data.length] : [0x80 | 126, (data.length >> 8) & 0xff, data.length & 0xff];
  return Buffer.concat([Buffer.from([first, ...size, 0, 0, 0, 0]), data]);
}

/** The code of the close frame at the end of what a server wrote; `undefined` where it wrote none. */
export function closeCodeIn(written: Buffer): number | undefined {
  const at = written.lastIndexOf(0x88);
  return at < 0 || at + 4 > written.length ? undefined : written.readUInt16BE(at + 2);
}
