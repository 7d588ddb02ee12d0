import type { TemplateResult } from 'lit';
import type { Features } from '../../protocol/frames.js';
import type { ActWords } from '../../i18n/message-acts/en.js';
import type { Message } from '../../protocol/message.js';
import {
  iconCopy,
  iconDelete,
  iconDetails,
  iconEdit,
  iconForward,
  iconRecall,
  iconReply,
  iconReport,
  iconResend,
  iconSelect,
  iconUnpin,
} from '../../styles/act-icons.js';
import { iconPin } from '../../styles/icons.js';
import type { Stage } from './stage.js';

/** What decides, beside the message itself, whether something can be done now. */
export type Scope = {
  readonly features: Pick<Features, 'recallMs' | 'editMs'>;
  readonly online: boolean;
  /** ms since 1970. */
  readonly now: number;
};

/** The texts that are words, not made from something. */
type Label = { [K in keyof ActWords]: ActWords[K] extends string ? K : never }[keyof ActWords];

type When = (message: Message, scope: Scope) => boolean;

/** Something that can be done with a message. Menu, toolbar, keys and the bar for several all draw on the one list below. */
export type Act = {
  /** Its label is the text of the same name. */
  readonly id: Label;
  readonly icon: TemplateResult;
  /** The icon points along the line of writing: it is mirrored from right to left. */
  readonly turns?: true;
  /** Does it while the keyboard is at the message: a letter, or a key's name. */
  readonly key?: string;
  /** It takes something away. */
  readonly danger?: true;
  readonly when: When;
  /** Whether it can be done with one of several; absent where it is never done with several. */
  readonly many?: When;
  readonly run: (messages: readonly Message[], stage: Stage) => void | Promise<void>;
};

const stored = ({ seq, type, recalled }: Message): boolean =>
  seq !== undefined && type !== 'notification' && recalled === undefined;
const own = (message: Message): boolean => message.flow === 'out' && stored(message);
const failed = ({ flow, status }: Message): boolean => flow === 'out' && status === 'fail';
const sendable: When = (message, { online }) => online && stored(message);
const recallable: When = (message, { online, features, now }) =>
  online && own(message) && within(message.time, features.recallMs, now);
const deletable: When = ({ seq, type }, { online }) => online && seq !== undefined && type !== 'notification';
const within = (since: number, ms: number, now: number): boolean => now - since < ms;

/** What can be given a reaction. */
export const canReact = sendable;
/** What can be chosen together with others. */
export const canSelect = stored;

/** In the order of the menu. */
const acts: readonly Act[] = [
  {
    id: 'resend',
    icon: iconResend,
    when: failed,
    run: ([message], { client }) => client.resend(message!.idClient),
  },
  {
    id: 'discard',
    icon: iconDelete,
    danger: true,
    when: failed,
    run: ([message], { client }) => client.discard(message!.idClient),
  },
  {
    id: 'reply',
    icon: iconReply,
    turns: true,
    key: 'R',
    when: stored,
    run: ([message], stage) => stage.reply(message!),
  },
  {
    id: 'forward',
    icon: iconForward,
    turns: true,
    key: 'F',
    when: sendable,
    many: sendable,
    run: (messages, stage) => stage.forward(messages),
  },
  {
    id: 'copy',
    icon: iconCopy,
    key: 'C',
    when: ({ type, content, recalled }) => type === 'text' && !!content && !recalled,
    many: stored,
    run: (messages, stage) => stage.copy(messages),
  },
  {
    id: 'copyPicture',
    icon: iconCopy,
    key: 'C',
    when: (message) => message.type === 'image' && stored(message),
    run: ([message], stage) => stage.copyPicture(message!),
  },
  {
    id: 'edit',
    icon: iconEdit,
    key: 'E',
    when: (message, { online, features, now }) =>
      online && own(message) && message.type === 'text' && within(message.time, features.editMs, now),
    run: ([message], stage) => stage.edit(message!),
  },
  {
    id: 'pin',
    icon: iconPin,
    key: 'P',
    when: (message, { online }) => online && stored(message) && !message.pinned,
    run: ([message], stage) => stage.pin(message!, true),
  },
  {
    id: 'unpin',
    icon: iconUnpin,
    key: 'P',
    when: (message, { online }) => online && stored(message) && !!message.pinned,
    run: ([message], stage) => stage.pin(message!, false),
  },
  { id: 'select', icon: iconSelect, key: 'S', when: stored, run: ([message], stage) => stage.select(message!) },
  { id: 'details', icon: iconDetails, key: 'I', when: stored, run: ([message], stage) => stage.details(message!) },
  {
    id: 'report',
    icon: iconReport,
    danger: true,
    when: (message, { online }) => online && message.flow === 'in' && stored(message),
    run: ([message], stage) => stage.report(message!),
  },
  {
    id: 'recall',
    icon: iconRecall,
    turns: true,
    danger: true,
    when: recallable,
    many: recallable,
    run: (messages, stage) => stage.recall(messages),
  },
  {
    id: 'deleteForMe',
    icon: iconDelete,
    key: 'Delete',
    danger: true,
    when: deletable,
    many: deletable,
    run: (messages, stage) => stage.deleteForMe(messages),
  },
];

/** What can be done with a message now. */
export function actsFor(message: Message, scope: Scope): readonly Act[] {
  return acts.filter(({ when }) => when(message, scope));
}

/** What can be done with all of several. */
export function actsForAll(messages: readonly Message[], scope: Scope): readonly Act[] {
  return acts.filter(({ many }) => many && messages.length > 0 && messages.every((each) => many(each, scope)));
}

/** What a key does. On a keyboard without Latin letters it is the place of the key that counts. */
export function actOfKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>, able: readonly Act[]): Act | undefined {
  const pressed = /^[\x20-\x7e]+$/.test(key) ? key : code.replace(/^Key/, '');
  return able.find((act) => act.key !== undefined && act.key.toLowerCase() === pressed.toLowerCase());
}
