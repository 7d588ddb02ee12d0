let loading: Promise<unknown> | undefined;

/** Has the elements loaded that draw pictures, voices, films and files, once; what failed is tried again with the next one that needs them. */
export function loadBodies(): void {
  loading ??= import('./define.js').catch((error: unknown) => {
    loading = undefined;
    console.warn('im-elements: what draws pictures and files could not be loaded.', error);
  });
}
