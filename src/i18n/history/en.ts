import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** What is read only once something was opened: searching, menus, media, export. Comes with that. */
export const historyEn = {
  // Search in the list
  conversations: 'Conversations',
  people: 'People',
  foundMessages: 'Messages',
  searching: 'Searching…',
  searchedHere: 'Offline: only what this browser keeps was searched.',
  moreFound: 'Show more',
  searchFailed: 'The search did not work. Try again.',
  results: 'Found',

  // Menus
  optionsOf: (name: string) => `Options for ${name}`,
  options: 'Options',
  pin: 'Pin',
  unpin: 'Unpin',
  mute: 'Mute',
  unmute: 'Unmute',
  hide: 'Hide',
  markUnread: 'Mark as unread',
  markRead: 'Mark as read',
  sound: 'Sound for new messages',
  hiddenNow: (name: string) => `${name} is hidden until the next message.`,
  undo: 'Undo',
  changeFailed: 'That did not work. Try again.',
  find: 'Search',
  jumpToDate: 'Jump to a date',
  mediaAndFiles: 'Media and files',
  exportIt: 'Export',

  // Search in a conversation
  findHere: 'Search in this conversation',
  olderHit: 'Older one',
  newerHit: 'Newer one',
  hit: (at: number, count: string) => `${at} of ${count}`,
  noHit: 'Nothing found',
  close: 'Close',

  // Date
  date: 'Date',
  go: 'Go',

  // Media
  media: 'Media',
  files: 'Files',
  links: 'Links',
  noMedia: 'No pictures or videos yet',
  noFiles: 'No files yet',
  noLinks: 'No links yet',
  sentBy: (what: string, who: string, when: string) => `${what}, ${who}, ${when}`,

  // Export
  exportHint: 'Everything that was said here, as one file.',
  asHtml: 'To read (HTML)',
  asJson: 'For programs (JSON)',
  exporting: (done: number, total: number) => `${done} of ${total} messages…`,
  cancel: 'Cancel',
  exported: (count: number) => plural(count, { one: '# message was written.', other: '# messages were written.' }),
  exportFailed: 'The export did not work. Check your connection and try again.',
  exportedOn: (when: string) => `Exported ${when}`,
  recalled: 'Recalled message',
  edited: 'edited',
};

export type HistoryTexts = typeof historyEn;
