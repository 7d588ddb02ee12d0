import type { FileReader } from 'tus-js-client';

/** Reads a Blob for the tus client piece by piece. A browser sends pieces as they are; elsewhere bytes are sent, one piece of them in memory. */
export const blobReader: FileReader = {
  openFile: (blob: Blob) =>
    Promise.resolve({
      size: blob.size,
      slice: async (start: number, end: number) => {
        const piece = blob.slice(start, end);
        // The tus client measures either by its `size`.
        const bytes = async () => Object.assign(new Uint8Array(await piece.arrayBuffer()), { size: piece.size });
        return { value: inBrowser() ? piece : await bytes(), done: end >= blob.size };
      },
      close: () => undefined,
    }),
};

function inBrowser(): boolean {
  return 'XMLHttpRequest' in globalThis;
}
