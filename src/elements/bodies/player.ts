import type { ChatClientApi } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';
import { harmless } from './file-address.js';

/** What a voice message that is played, or was, shows. Times in seconds. */
export type Hearing = {
  readonly state: 'still' | 'loading' | 'playing' | 'failed';
  readonly at: number;
  /** As the browser found it; 0 until it knows. */
  readonly length: number;
};

type Current = {
  readonly client: ChatClientApi;
  readonly message: Message;
  /** Whether what comes after it is played too: it had not been heard before. */
  readonly goesOn: boolean;
  /** Whether somebody still sees where it comes from. */
  readonly seen: () => boolean;
  readonly off: () => void;
};

const mostPlaces = 100;
const nothing: Hearing = { state: 'still', at: 0, length: 0 };
const speeds = [1, 1.5, 2] as const;

/**
 * Plays the voice messages of a page, one at a time. What plays is no part of any row: rows come and go while one scrolls, and a voice is
 * neither cut off nor begun anew by it.
 */
class Player {
  readonly #listeners = new Set<() => void>();
  /** Where one was in each, seconds. */
  readonly #places = new Map<string, number>();
  #audio: HTMLAudioElement | undefined;
  #current: Current | undefined;
  #state: Hearing['state'] = 'still';
  #speed: (typeof speeds)[number] = 1;
  /** What else makes a noise: a film. */
  #film: HTMLMediaElement | undefined;

  get speed(): number {
    return this.#speed;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  hearing(message: Message): Hearing {
    const at = this.#places.get(keyOf(message)) ?? 0;
    if (!this.#is(message)) return at === 0 ? nothing : { state: 'still', at, length: 0 };
    const { currentTime = 0, duration = 0 } = this.#audio ?? {};
    return { state: this.#state, at: currentTime || at, length: Number.isFinite(duration) ? duration : 0 };
  }

  /** Plays or pauses. */
  toggle(client: ChatClientApi, message: Message, seen: () => boolean): void {
    if (this.#is(message) && this.#state !== 'still' && this.#state !== 'failed') this.stop();
    else this.#start(client, message, seen);
  }

  /** Goes to a place, seconds. */
  seek(message: Message, at: number): void {
    this.#keep(message, at);
    if (this.#is(message) && this.#audio) this.#audio.currentTime = at;
    this.#tell();
  }

  nextSpeed(): void {
    this.#speed = speeds[(speeds.indexOf(this.#speed) + 1) % speeds.length]!;
    if (this.#audio) this.#audio.playbackRate = this.#speed;
    this.#tell();
  }

  /** A film begins: everything else is silent from now on. */
  film(film: HTMLMediaElement): void {
    if (this.#film !== film) this.#film?.pause();
    this.#film = film;
    this.stop();
  }

  stop(): void {
    const { message, off } = this.#current ?? {};
    off?.();
    if (message && this.#audio) this.#keep(message, this.#audio.currentTime);
    this.#audio?.pause();
    this.#state = 'still';
    this.#tell();
  }

  #start(client: ChatClientApi, message: Message, seen: () => boolean): void {
    const same = this.#is(message) && this.#state !== 'failed';
    this.stop();
    this.#film?.pause();
    const goesOn = message.flow === 'in' && !message.played;
    const off = client.on('timeline', ({ conversationId }) => {
      if (conversationId === message.conversationId) this.#check();
    });
    this.#current = { client, message, goesOn, seen, off };
    if (goesOn) client.markPlayed(message);
    if (same && this.#audio?.src) return this.#play(this.#audio);
    this.#state = 'loading';
    this.#tell();
    const current = this.#current;
    client.fileUrl(message, 'file').then(
      (given) => {
        const url = harmless(given);
        if (current !== this.#current || this.#state !== 'loading') return;
        if (url === undefined) return this.#fail();
        this.#open(url, this.#places.get(keyOf(message)) ?? 0);
      },
      () => {
        if (current === this.#current) this.#fail();
      },
    );
  }

  #open(url: string, at: number): void {
    this.#audio?.pause();
    const audio = new Audio();
    audio.preload = 'auto';
    const mine = (run: () => void) => (): void => {
      if (this.#audio === audio) run();
    };
    audio.ontimeupdate = mine(() => this.#moved());
    audio.ondurationchange = mine(() => this.#tell());
    audio.onended = mine(() => this.#ended());
    audio.onerror = mine(() => this.#fail());
    this.#audio = audio;
    audio.src = url;
    if (at > 0) audio.currentTime = at;
    this.#play(audio);
  }

  #play(audio: HTMLAudioElement): void {
    audio.playbackRate = this.#speed;
    this.#state = 'playing';
    this.#tell();
    audio.play().catch((error: unknown) => {
      const name = error instanceof DOMException ? error.name : '';
      if (this.#audio !== audio) return;
      // The page may not make a noise yet; a pause that comes while it is still being loaded is no failure.
      if (name === 'NotAllowedError') this.stop();
      else if (name !== 'AbortError') this.#fail();
    });
  }

  #moved(): void {
    if (this.#state === 'playing' && this.#current?.seen() === false) return this.stop();
    this.#tell();
  }

  #fail(): void {
    this.#current?.off();
    this.#audio?.pause();
    this.#state = 'failed';
    this.#tell();
  }

  #ended(): void {
    const current = this.#current;
    if (!current) return;
    current.off();
    this.#places.delete(keyOf(current.message));
    this.#audio = undefined;
    this.#state = 'still';
    this.#current = undefined;
    this.#tell();
    const next = current.goesOn ? nextUnheard(current) : undefined;
    if (next) this.#start(current.client, next, current.seen);
  }

  /** What is heard may have been taken back. */
  #check(): void {
    const { client, message } = this.#current ?? {};
    if (!client || !message) return;
    const { messages } = client.timeline(message.conversationId);
    const now = messages.find(({ idClient }) => idClient === message.idClient);
    if (messages.length > 0 && now && !now.file) this.stop();
  }

  #is(message: Message): boolean {
    return this.#current !== undefined && keyOf(this.#current.message) === keyOf(message);
  }

  #keep(message: Message, at: number): void {
    const key = keyOf(message);
    this.#places.delete(key);
    this.#places.set(key, at);
    if (this.#places.size > mostPlaces) this.#places.delete(this.#places.keys().next().value!);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function keyOf({ conversationId, idClient }: Message): string {
  return `${conversationId} ${idClient}`;
}

/** The next voice message after one that was heard, where nobody has heard that yet either. */
function nextUnheard({ client, message }: Current): Message | undefined {
  const { messages } = client.timeline(message.conversationId);
  const at = messages.findIndex(({ idClient }) => idClient === message.idClient);
  if (at < 0) return undefined;
  return messages
    .slice(at + 1)
    .find(({ type, flow, played, file }) => type === 'audio' && flow === 'in' && !played && file);
}

/** The page's one. */
export const player = new Player();
