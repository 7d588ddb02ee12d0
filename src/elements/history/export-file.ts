import type { HistoryTexts } from '../../i18n/history/en.js';
import type { Message } from '../../protocol/message.js';

/** A conversation that was read back whole. */
export type Exported = {
  readonly id: string;
  readonly name: string;
  readonly messages: readonly Message[];
  readonly names: ReadonlyMap<string, string>;
  /** ms since 1970 */
  readonly time: number;
};

export type ExportWords = {
  readonly t: Pick<HistoryTexts, 'exportedOn' | 'recalled' | 'edited'>;
  readonly tag: string;
  readonly dir: 'ltr' | 'rtl';
  readonly preview: (message: Message) => string;
};

/** Fields that another part of the chat may add to a message. */
type Further = {
  readonly replyTo?: number | string;
  readonly editTime?: number;
  readonly recalled?: unknown;
};

export function exportJson({ id, name, messages, names, time }: Exported): string {
  return JSON.stringify(
    {
      format: 'im-elements conversation',
      version: 1,
      id,
      name,
      exported: new Date(time).toISOString(),
      names: [...names],
      messages,
    },
    undefined,
    1,
  );
}

const replacements = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => replacements.get(sign)!);
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:44rem;margin:2rem auto;padding:0 1rem}
h2{margin:2rem 0 .5rem;font-size:1rem;color:GrayText}article{margin:.5rem 0;padding:.5rem .75rem;border:1px solid color-mix(in srgb,CanvasText 15%,Canvas);border-radius:.75rem}
.own{margin-inline-start:3rem;background:color-mix(in srgb,#2563eb 12%,Canvas)}header{display:flex;gap:1rem;justify-content:space-between;font-size:.85rem;color:GrayText}
header b{color:CanvasText}p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:.25rem 0;padding-inline-start:.6rem;border-inline-start:3px solid #2563eb;color:GrayText}`;

/** One file that any browser shows, and that loads and runs nothing: all that people wrote stands in it as text. */
export function exportHtml({ id, name, messages, names, time }: Exported, words: ExportWords): string {
  const { t, tag, dir } = words;
  const clock = new Intl.DateTimeFormat(tag, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    numberingSystem: 'latn',
  });
  const days = new Intl.DateTimeFormat(tag, { dateStyle: 'full', numberingSystem: 'latn' });
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  const nameOf = (account: string): string => names.get(account) ?? account;
  let day = '';
  const parts = messages.map((message) => {
    const today = days.format(message.time);
    const heading = today === day ? '' : `<h2>${escape(today)}</h2>\n`;
    day = today;
    const { replyTo, editTime, recalled } = message as Further;
    const quoted = typeof replyTo === 'number' ? bySeq.get(replyTo) : undefined;
    const quote = quoted
      ? `<blockquote dir="auto">${escape(nameOf(quoted.from))}: ${escape(words.preview(quoted).slice(0, 200))}</blockquote>`
      : '';
    const body = recalled ? `<p><em>${escape(t.recalled)}</em></p>` : bodyOf(message, words);
    return (
      `${heading}<article id="m${message.seq ?? ''}"${message.flow === 'out' ? ' class="own"' : ''}>` +
      `<header><b dir="auto">${escape(nameOf(message.from))}</b><time datetime="${new Date(message.time).toISOString()}">` +
      `${escape(clock.format(message.time))}${editTime ? ` (${escape(t.edited)})` : ''}</time></header>${quote}${body}</article>`
    );
  });
  const title = escape(name || id);
  return `<!doctype html>
<html lang="${escape(tag)}" dir="${dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
<h1 dir="auto">${title}</h1>
<p>${escape(t.exportedOn(days.format(time)))}</p>
${parts.join('\n')}
</html>
`;
}

function bodyOf(message: Message, { preview }: ExportWords): string {
  const { type, content, file, location } = message;
  if (file) {
    const about = `${file.name} (${sizeOf(file.size)})`;
    const named = /^https?:\/\//i.test(file.url)
      ? `<a href="${escape(file.url)}" rel="noreferrer">${escape(about)}</a>`
      : escape(about);
    return `<p dir="auto">${escape(preview({ ...message, content: '' }))}: <bdi>${named}</bdi></p>${content ? text(content) : ''}`;
  }
  if (location) return text(`${location.title} (${location.latitude}, ${location.longitude})`);
  return text(type === 'text' && content !== undefined ? content : preview(message));
}

function text(content: string): string {
  return `<p dir="auto">${escape(content)}</p>`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1_024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
