import { listIn } from './list.js';
import { pluralIn } from './plural.js';

const plural = pluralIn('en');
const names = listIn('en', (more) => plural(more, { one: '# other', other: '# others' }));

/** Every text the elements show or speak. English is the type's source: a language that lacks one does not compile. */
export const en = {
  // Conversation list
  chats: 'Chats',
  search: 'Search',
  clearSearch: 'Clear the search',
  loading: 'Loading…',
  noConversations: 'No conversations yet',
  noConversationsHint: 'Write to somebody by the name of their account.',
  newChat: 'Start a chat',
  askNotifications: 'Turn on notifications',
  startChatWith: (account: string) => `Start a chat with “${account}”`,
  nothingFound: (query: string) => `Nothing found for “${query}”`,
  nobodyCalled: (account: string) => `There is nobody called “${account}”. Check the spelling.`,
  signedOut: 'Not signed in',
  pinned: 'Pinned',
  muted: 'Muted',
  draft: 'Draft:',
  you: 'You:',
  self: 'You',
  unread: (count: number) => plural(count, { one: '# unread message', other: '# unread messages' }),

  // Presence and typing
  online: 'Online',
  lastSeen: (when: string) => `Last seen ${when}`,
  typing: 'typing…',
  typingOne: (name: string) => `${name} is typing…`,
  typingMany: (count: number) => plural(count, { one: '# person is typing…', other: '# people are typing…' }),

  // Days
  today: 'Today',
  yesterday: 'Yesterday',

  // Connection
  offline: 'Offline.',
  nextAttempt: (seconds: number) => `Next attempt in ${seconds} s`,
  connecting: 'Connecting…',
  retryNow: 'Retry now',

  // While the browser keeps nothing
  notKept: 'Messages are not kept in this browser now.',
  unsentHere: (count: number) =>
    plural(count, {
      one: '# message is not sent yet: keep this page open until it is.',
      other: '# messages are not sent yet: keep this page open until they are.',
    }),
  draftHere: 'What you have written is only here: send it before you close this page.',

  // Messenger and launcher
  messenger: 'Messenger',
  openChat: 'Open the chat',
  closeChat: 'Close the chat',
  back: 'Back to the conversations',
  resizeList: 'Width of the list',
  chooseConversation: 'Choose a conversation to read it here.',

  // Chat window
  messages: 'Messages',
  noMessages: 'Nothing here yet',
  noMessagesHint: 'Write the first message.',
  newMessages: 'New messages',
  beginning: 'This is where it begins.',
  arrived: (count: number) => plural(count, { one: '# new message', other: '# new messages' }),
  newBelow: (count: number) => plural(count, { one: '# new', other: '# new' }),
  toEnd: 'To the newest message',
  openFailed: 'This conversation could not be opened.',

  // Composer
  writeMessage: 'Message',
  send: 'Send',
  tooLong: (over: number) => plural(over, { one: '# character too many', other: '# characters too many' }),

  // One message
  sending: 'Sending',
  sent: 'Sent',
  read: 'Read',
  failed: 'Not sent',
  resend: 'Send again',
  discard: 'Delete',

  // Kinds of message, where only their name is shown
  image: 'Picture',
  audio: 'Voice message',
  video: 'Video',
  file: 'File',
  location: 'Place',
  unknownMessage: 'A message that this version cannot show',

  // What happened in a conversation; names come isolated from the text's direction
  names,
  notices: {
    created: (who: string) => `${who} created the group`,
    joined: (who: string) => `${who} joined`,
    left: (who: string) => `${who} left`,
    invited: (who: string, whom: string) => `${who} invited ${whom}`,
    removed: (who: string, whom: string) => `${who} removed ${whom}`,
    transferred: (who: string, whom: string) => `${who} made ${whom} the owner`,
    muted: (who: string, whom: string) => `${who} muted ${whom}`,
    unmuted: (who: string, whom: string) => `${who} let ${whom} write again`,
    dismissed: (who: string) => `${who} closed the group`,
    renamed: (who: string, name: string) => `${who} renamed the group to ${name}`,
    changed: (who: string) => `${who} changed the group`,
    madeAdmin: (who: string, whom: string) => `${who} made ${whom} an admin`,
    unmadeAdmin: (who: string, whom: string) => `${who} took the admin’s rights from ${whom}`,
    mutedAll: (who: string) => `${who} muted everybody`,
    unmutedAll: (who: string) => `${who} let everybody write again`,
    announced: (who: string, text: string) => `${who} announced: ${text}`,
  },

  errors: {
    wrongToken: 'The sign-in is not valid for this account. Sign in again.',
    forbidden: 'You are not allowed to do this here.',
    notFound: 'This does not exist (any more).',
    tooLong: 'The text is too long. Shorten it and send it again.',
    badParameter: 'The server did not understand this. Reload the page.',
    tooFrequent: 'Too fast. Wait a moment and try again.',
    wrongKind: 'The file is of another kind than it was sent as.',
    tooLate: 'Too late: it is too old to be changed.',
    repeated: 'This message was sent before with another text. Write it anew.',
    accountDisabled: 'This account is blocked. Ask whoever runs this service.',
    accountMuted: 'You may not write at the moment. Ask whoever runs this service.',
    serverError: 'Something went wrong on the server. Try again later.',
    serverBusy: 'The server is busy. It will be tried again.',
    badProtocol: 'This page is out of date. Reload it.',
    closed: 'The connection was closed. It will be tried again.',
    unreachable: 'The server cannot be reached. Check your connection.',
    restart: 'The server restarts. It will be tried again.',
    tokenExpired: 'Your sign-in has ended. Sign in again.',
    tokenRevoked: 'Your sign-in was revoked. Sign in again.',
    tokenOrigin: 'Your sign-in belongs to another site. Sign in here.',
    originForbidden: 'This site may not use this chat. Its owner has to allow it on the server.',
    gone: 'This account does not exist any more.',
    slow: 'The connection is too slow. It will be tried again.',
    elsewhere: 'You are signed in elsewhere.',
    tooBig: 'That was too big to send.',
    unknown: 'Something went wrong. Try again.',
    groupFull: 'There is no room for more.',
    groupGone: 'This group is closed.',
    notInGroup: 'Only members can do this.',
    groupMuted: 'Only those who manage the group may write now.',
    answered: 'This has been done already.',
  },

  // Menus and marks of the list
  more: 'More',
  mentioned: 'You were mentioned',
  markedUnread: 'Marked as unread',
  // Several messages forwarded as one
  merged: 'Forwarded messages',
  // Composer: its buttons; the rest stands in composer/
  attach: 'Attach',
  emoji: 'Emoji',
  record: 'Record a voice message',
  // Changed and taken back
  edited: 'edited',
  picked: 'Selected',
  notPicked: 'Not selected',
  recalledOwn: 'You recalled a message',
  recalledBy: (who: string) => `${who} recalled a message`,
};

/** What a language has to say. */
export type Translation = typeof en;
/** The sentences for what went wrong. */
export type ErrorKey = keyof Translation['errors'];
