import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** What is said of a message's acts: menu, dialogs, bars. Loaded with them, not before the first paint. */
export const en = {
  actions: 'Message actions',
  react: 'React',
  more: 'More actions',
  otherEmoji: 'Another emoji',

  reply: 'Reply',
  copy: 'Copy text',
  copyPicture: 'Copy picture',
  forward: 'Forward',
  edit: 'Edit',
  recall: 'Recall',
  deleteForMe: 'Delete for me',
  pin: 'Pin',
  unpin: 'Unpin',
  select: 'Select',
  report: 'Report',
  resend: 'Send again',
  discard: 'Delete',
  details: 'Details',
  editAgain: 'Edit again',

  // Outcomes
  copied: 'Copied',
  recalled: 'Recalled',
  deleted: (count: number) => plural(count, { one: '# message deleted for you', other: '# messages deleted for you' }),
  pinnedNow: 'Pinned',
  unpinnedNow: 'Unpinned',
  reported: 'Reported. Thank you.',
  forwarded: (count: number) => plural(count, { one: 'Forwarded to # chat', other: 'Forwarded to # chats' }),
  reacted: (emoji: string) => `You reacted with ${emoji}`,
  unreacted: (emoji: string) => `You took ${emoji} back`,
  notCopied: 'This could not be copied.',
  notThere: 'This message is not available.',

  // Quote
  quoteOf: (who: string, what: string) => `In reply to ${who}: ${what}`,
  quoteRecalled: 'Message recalled',
  quoteGone: 'Message not available',

  // Reactions
  reactions: 'Reactions',
  reaction: (emoji: string, count: number, names: string) => `${emoji} ${count}: ${names}`,
  addReaction: 'Add a reaction',

  // Selecting
  selected: (count: number) => plural(count, { one: '# selected', other: '# selected' }),
  mostSelected: (count: number) => `At most ${count} messages at once`,
  cancel: 'Cancel',
  selectHint: 'Choose messages with the space bar; Escape ends it.',

  // Dialogs
  close: 'Close',
  deleteTitle: (count: number) => plural(count, { one: 'Delete this message?', other: 'Delete # messages?' }),
  deleteText: 'This holds on all your devices. The others still see what was written.',
  deleteConfirm: 'Delete',
  forwardTitle: (count: number) => plural(count, { one: 'Forward message', other: 'Forward # messages' }),
  searchChats: 'Search chats',
  noChats: 'No chat of that name',
  mostTargets: (count: number) => `At most ${count} chats at once`,
  chosenChats: (count: number) => plural(count, { one: '# chat chosen', other: '# chats chosen' }),
  oneByOne: 'One by one',
  merged: 'As one message',
  comment: 'Add a comment',
  send: 'Send',
  mergedTitle: (chat: string) => `Chat history: ${chat}`,
  reportTitle: 'Report this message',
  reportText: 'Whoever runs this service will see the message and who wrote it.',
  reasons: { spam: 'Spam or advertising', abuse: 'Insults or threats', indecent: 'Indecent', other: 'Something else' },
  reasonMore: 'What is wrong?',
  reportConfirm: 'Report',

  // Details
  detailsTitle: 'Message details',
  from: 'From',
  sentAt: 'Sent',
  state: 'State',
  edits: 'Earlier versions',
  presentText: 'Now',
  readBy: (count: number) => `Read by ${count}`,
  notReadBy: (count: number) => `Not read by ${count}`,
  nobody: 'Nobody',
  loading: 'Loading…',

  // Pinned messages
  pinnedMessage: 'Pinned message',
  allPinned: (count: number) => plural(count, { one: '# pinned message', other: '# pinned messages' }),
  goTo: 'Go to this message',
};

export type ActWords = typeof en;
