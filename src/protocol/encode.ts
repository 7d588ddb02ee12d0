import type { ClientFrame, ServerFrame } from './frames.js';

/** The JSON text of a frame. What it gives decodes to the same frame. */
export function encodeFrame(frame: ClientFrame | ServerFrame): string {
  return JSON.stringify(frame);
}
