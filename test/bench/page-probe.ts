// Runs in the measured pages, as text: when a message is on the screen, and when its frame came.

declare global {
  interface Window {
    /** Resolves with the moment (ms of `performance.now`) at which a message with this text was painted. */
    painted(text: string): Promise<number>;
    /** When the frame with a marker in it arrived. */
    arrived: Map<string, number>;
  }
}

/** Installed before anything else of the page runs. */
export function installProbe(): void {
  window.arrived = new Map();
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        const marker = /marker-\d+-/.exec(String(data))?.[0];
        if (marker) window.arrived.set(marker, performance.now());
      });
    }
  };
  const newest = (): string | undefined => {
    const list = document.querySelector('im-chat-window')?.shadowRoot?.querySelector('im-message-list');
    if (!list) return document.querySelector('main')?.lastElementChild?.textContent ?? undefined;
    const messages = list.shadowRoot?.querySelectorAll('im-message');
    const last = messages?.[messages.length - 1];
    return last?.shadowRoot?.querySelector('[part~="body"]')?.textContent;
  };
  window.painted = async (text) => {
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(frame));
      if (!newest()?.includes(text)) continue;
      // A task after the frame's own comes when it has been drawn.
      const { port1, port2 } = new MessageChannel();
      const drawn = new Promise((done) => (port1.onmessage = done));
      port2.postMessage(undefined);
      await drawn;
      return performance.now();
    }
  };
}
