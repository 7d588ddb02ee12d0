import type { FileReader } from 'tus-js-client';

type Piece = Uint8Array & { readonly size: number };

/** Reads a Blob for the tus client piece by piece. A browser sends pieces as they are; elsewhere bytes are sent, the next piece read meanwhile. */
export const blobReader: FileReader = {
  openFile: (blob: Blob) => {
    const isBrowser = 'XMLHttpRequest' in globalThis;
    // The tus client measures either by its `size`.
    const bytes = async (start: number, end: number): Promise<Piece> =>
      Object.assign(new Uint8Array(await blob.slice(start, end).arrayBuffer()), {
        size: Math.min(end, blob.size) - start,
      });
    let ahead: { readonly start: number; readonly end: number; readonly piece: Promise<Piece> } | undefined;
    const read = (start: number, end: number): Promise<Piece> => {
      const piece = ahead?.start === start && ahead.end === end ? ahead.piece : bytes(start, end);
      const next = { start: end, end: Math.min(end + end - start, blob.size) };
      ahead = next.end > next.start ? { ...next, piece: piece.then(() => bytes(next.start, next.end)) } : undefined;
      ahead?.piece.catch(() => undefined);
      return piece;
    };
    return Promise.resolve({
      size: blob.size,
      slice: async (start: number, end: number) => {
        const to = Math.min(end, blob.size);
        return { value: isBrowser ? blob.slice(start, to) : await read(start, to), done: end >= blob.size };
      },
      close: () => undefined,
    });
  },
};
