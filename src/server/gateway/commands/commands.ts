import type { ClientFrame } from '../../../protocol/frames.js';
import type { Command, GatewayServices } from '../services.js';
import type { Session } from '../session.js';
import { act } from './act.js';
import { conversation } from './conversation.js';
import { files } from './files.js';
import { get } from './get.js';
import { group } from './group.js';
import { hello } from './hello.js';
import { list } from './list.js';
import { media } from './media.js';
import { remove } from './delete.js';
import { edits } from './edits.js';
import { forward } from './forward.js';
import { messages } from './messages.js';
import { notices } from './notices.js';
import { ping } from './ping.js';
import { pins } from './pins.js';
import { pong } from './pong.js';
import { read } from './read.js';
import { refresh } from './refresh.js';
import { search } from './search.js';
import { seek } from './seek.js';
import { report } from './report.js';
import { send } from './send.js';
import { settings } from './settings.js';
import { typing } from './typing.js';
import { users } from './users.js';
import { watch } from './watch.js';

const commands: { readonly [T in ClientFrame['t']]: Command<T> } = {
  act,
  conversation,
  files,
  get,
  group,
  hello,
  list,
  media,
  delete: remove,
  edits,
  forward,
  messages,
  notices,
  ping,
  pins,
  pong,
  read,
  refresh,
  search,
  seek,
  report,
  send,
  settings,
  typing,
  users,
  watch,
};

/** Hands a frame to its command. */
export function dispatch(services: GatewayServices, session: Session, frame: ClientFrame): void | Promise<void> {
  const command = commands[frame.t] as Command<ClientFrame['t']>;
  return command(services, session, frame);
}
