/**
 * The folder that this script came from, which is the server's base URL unless a page says otherwise. Read when the script runs:
 * a classic script knows itself only then, a module always.
 */
export const scriptFolder: string | undefined = folderOf(
  (typeof document !== 'undefined' &&
    document.currentScript instanceof HTMLScriptElement &&
    document.currentScript.src) ||
    import.meta.url,
);

function folderOf(url: string | undefined): string | undefined {
  return url && URL.canParse('.', url) ? new URL('.', url).href : undefined;
}
