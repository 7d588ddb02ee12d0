import { oneLine } from './one-line.js';
import type { Translation } from '../i18n/en.js';
import type { MessageRenderer, PreviewMessage } from './renderer.js';

/** What happened in the conversation, as a sentence with the names of those whom it concerns in bold. */
export const notification: MessageRenderer = {
  render: (message, context) =>
    sentence(message, context)
      .split(isolated)
      .map((part, i) => (i % 2 === 1 ? context.html`<b><bdi>${part}</bdi></b>` : part)),
  preview: (message, context) => oneLine(sentence(message, context)),
};

/** Names stand between bidi isolates: a right-to-left name cannot turn the sentence, and the template finds it again. */
export const isolate = (name: string): string => `\u2068${name.replace(/[\u2066-\u2069]/g, '')}\u2069`;
const isolated = /\u2068([^\u2069]*)\u2069/;

const mostNames = 5;

function updated(who: string, change: readonly [string, string] | undefined, t: Translation): string {
  const [field, value] = change ?? ['', ''];
  switch (field) {
    case 'name':
      return t.notices.renamed(who, isolate(value));
    case 'announcement':
      return value ? t.notices.announced(who, isolate(value)) : t.notices.changed(who);
    case 'mutedAll':
      return value === 'true' ? t.notices.mutedAll(who) : t.notices.unmutedAll(who);
    default:
      return t.notices.changed(who);
  }
}

const sentence: PreviewMessage = (message, { t, nameOf }) => {
  const { type, operator, accounts = [], changes = [] } = message.attach ?? { type: '' };
  const who = isolate(nameOf(operator ?? message.from));
  const whom = t.names(
    accounts.slice(0, mostNames).map((account) => isolate(nameOf(account))),
    Math.max(0, accounts.length - mostNames),
  );
  switch (type) {
    case 'create':
      return t.notices.created(who);
    case 'join':
      return t.notices.joined(accounts.length > 0 ? whom : who);
    case 'leave':
      return t.notices.left(accounts.length > 0 ? whom : who);
    case 'invite':
      return t.notices.invited(who, whom);
    case 'remove':
      return t.notices.removed(who, whom);
    case 'transfer':
      return t.notices.transferred(who, whom);
    case 'mute':
      return t.notices.muted(who, whom);
    case 'unmute':
      return t.notices.unmuted(who, whom);
    case 'dismiss':
      return t.notices.dismissed(who);
    case 'admin':
      return t.notices.madeAdmin(who, whom);
    case 'unadmin':
      return t.notices.unmadeAdmin(who, whom);
    case 'update':
      return updated(who, changes[0], t);
    default:
      return t.notices.changed(who);
  }
};
