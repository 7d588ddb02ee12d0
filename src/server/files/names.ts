/** Control characters, and those that turn the direction of what follows: `gpj.exe` must not read as `exe.jpg`. */
// eslint-disable-next-line no-control-regex -- exactly those are meant
const misleading = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const longest = 200;

/** A file's name as it may be shown and saved: no path, nothing invisible, not too long. Its ending stays. */
export function cleanName(name: string): string {
  // Bytes and back: what is half a character becomes a mark.
  const bare = Buffer.from(name)
    .toString()
    .replace(misleading, '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/^[\s.]+|\s+$/g, '');
  if (bare === '') return 'file';
  if (bare.length <= longest) return bare;
  const ext = extensionOf(bare);
  const end = ext ? `.${ext}` : '';
  // A half of a surrogate pair at the cut is no text.
  return bare.slice(0, longest - end.length).replace(/[\ud800-\udbff]$/, '') + end;
}

/** The ending of a name in lower case, where it has one that looks like one. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,16})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** RFC 6266, with RFC 8187 for what is not ASCII. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
