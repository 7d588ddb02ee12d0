/** Characters that have no width, break lines or turn the direction: a name must look like what it is. */
const invisible = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/gu;
const longestEnd = 12;

/** A file's name in two parts, of which the second always shows: its end, with what comes after the last dot. */
export function partsOfName(name: string): readonly [start: string, end: string] {
  const clean = name.slice(0, 255).replace(invisible, '');
  const letters = [...clean];
  if (letters.length <= longestEnd) return ['', clean];
  const dot = letters.lastIndexOf('.');
  const ending = dot > 0 ? letters.length - dot : 0;
  const kept = Math.min(longestEnd, ending > 0 ? ending + 3 : 6);
  return [letters.slice(0, -kept).join(''), letters.slice(-kept).join('')];
}

const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pdf: 'pdf',
    text: 'doc docx odt rtf txt md pages',
    sheet: 'xls xlsx ods csv numbers',
    slides: 'ppt pptx odp key',
    archive: 'zip rar 7z tar gz bz2 xz zst dmg iso',
    sound: 'mp3 wav ogg flac aac m4a opus',
    film: 'mp4 mov webm mkv avi',
    picture: 'png jpg jpeg gif webp heic svg psd ai fig',
    code: 'js ts json html css xml py rb go rs java c h cpp sh sql yml yaml',
  }).flatMap(([kind, endings]) => endings.split(' ').map((ending) => [ending, kind] as const)),
);

/** What kind a file is by its ending, and the letters that stand on its icon. */
export function kindOf(name: string, ext: string): { readonly kind: string; readonly letters: string } {
  const dot = name.lastIndexOf('.');
  const ending = (ext || (dot > 0 ? name.slice(dot + 1) : '')).replace(/^\./, '').toLowerCase();
  const letters = /^[a-z0-9]{1,4}$/.test(ending) ? ending.toUpperCase() : '';
  return { kind: kinds.get(ending) ?? 'other', letters };
}
