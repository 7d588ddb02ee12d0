// The floor: a bare `ws` relay. It parses a frame, passes it on, acks it; it stores nothing, checks nothing, knows no order.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { reportUsage } from './report-usage.js';

type Frame = { t: 'hello'; account: string } | { t: 'send'; idClient: string; cid: string; content: string };

const people = new Map<string, WebSocket>();
const http = createServer();
const relay = new WebSocketServer({ server: http, perMessageDeflate: false });
let seq = 0;

relay.on('connection', (socket) => {
  let from = '';
  socket.on('error', () => {});
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.t === 'hello') {
      from = frame.account;
      people.set(from, socket);
      socket.send(JSON.stringify({ t: 'synced', u: 0, more: false }));
    } else if (frame.t === 'send') {
      const { idClient, cid, content } = frame;
      const time = Date.now();
      seq++;
      const message = { id: String(seq), idClient, type: 'text', from, time, content };
      const event = JSON.stringify({
        t: 'event',
        cid: `p2p-${from}`,
        event: { kind: 'message', seq, n: seq, message },
      });
      socket.send(JSON.stringify({ t: 'ack', idClient, id: message.id, cid, seq, n: seq, time }));
      people.get(cid.slice('p2p-'.length))?.send(event);
    }
  });
});

http.listen(0, '127.0.0.1');
await once(http, 'listening');
reportUsage((http.address() as AddressInfo).port);
