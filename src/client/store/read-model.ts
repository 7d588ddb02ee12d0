import type { ClientEvents, Conversation, Timeline } from '../api.js';
import { ConversationList } from './conversation-list.js';
import type { Emitter } from './emitter.js';
import type { Entry } from './entry.js';
import type { Message } from '../../protocol/message.js';
import { TimelineModel } from './timeline-model.js';

/** Ids that are remembered; of older ones it is not known any more. */
const mostPlayed = 1_000;

const nothing: Timeline = { messages: [], hasOlder: false, hasNewer: false, loading: 'none' };

/** What screens read. Changes are noted as they are made, and told by `flush`, once each: after everything is in place. */
export class ReadModel {
  readonly list = new ConversationList();
  readonly #emitter: Emitter<ClientEvents>;
  readonly #timelines = new Map<string, TimelineModel>();
  #listChanged = false;
  readonly #timelinesChanged = new Set<string>();
  readonly #told: (() => void)[] = [];
  readonly #played = new Set<string>();

  constructor(emitter: Emitter<ClientEvents>) {
    this.#emitter = emitter;
  }

  putEntry(entry: Entry | undefined): void {
    if (!entry || this.list.entry(entry.conversation.id) === entry) return;
    this.list.put(entry);
    this.#listChanged = true;
    const timeline = this.#timelines.get(entry.conversation.id);
    const head = entry.head ?? entry.conversation.lastSeq;
    if (timeline?.range && timeline.range.to < head) {
      timeline.head = head;
      this.#timelinesChanged.add(entry.conversation.id);
    }
  }

  setDraft(id: string, text: string): boolean {
    const changed = this.list.setDraft(id, text);
    this.#listChanged ||= changed;
    return changed;
  }

  /** Makes the next `flush` tell that the list changed, where only what stands round it did (loading, more). */
  touchList(): void {
    this.#listChanged = true;
  }

  conversation(id: string): Conversation | undefined {
    return this.list.get(id);
  }

  /** What is shown of a conversation; of one that nobody opened, nothing. */
  view(id: string): Timeline {
    return this.#timelines.get(id)?.view ?? nothing;
  }

  timeline(id: string): TimelineModel {
    const known = this.#timelines.get(id);
    if (known) return known;
    const made = new TimelineModel();
    this.#timelines.set(id, made);
    return made;
  }

  timelines(): Iterable<[string, TimelineModel]> {
    return this.#timelines;
  }

  /** Changes a timeline; the next `flush` tells it. */
  change(id: string, work: (timeline: TimelineModel) => void): void {
    const timeline = this.timeline(id);
    work(timeline);
    this.#timelinesChanged.add(id);
    const unstored = timeline.tail.findLast(({ status }) => status !== 'success');
    if (this.list.setUnstored(id, unstored)) this.#listChanged = true;
  }

  /** Forgets an empty timeline that nothing shows. */
  prune(id: string): void {
    const timeline = this.#timelines.get(id);
    if (timeline?.idle) this.#timelines.delete(id);
  }

  /** Tells `event` with the next `flush`, after the changes. */
  tell<K extends keyof ClientEvents>(event: K, detail: ClientEvents[K]): void {
    this.#told.push(() => this.#emitter.emit(event, detail));
  }

  /** Ids of the voice messages that were listened to on this device. */
  get played(): readonly string[] {
    return [...this.#played];
  }

  restorePlayed(ids: readonly string[]): void {
    for (const id of ids) this.#played.add(id);
  }

  /** A message as it is shown. */
  marked(message: Message): Message {
    const isNews = !message.played && message.id !== undefined && this.#played.has(message.id);
    return isNews ? { ...message, played: true } : message;
  }

  /** @returns whether that is news */
  play({ id, conversationId, flow, type }: Message): boolean {
    if (id === undefined || flow !== 'in' || type !== 'audio' || this.#played.has(id)) return false;
    this.#played.add(id);
    const [oldest] = this.#played;
    if (this.#played.size > mostPlayed && oldest !== undefined) this.#played.delete(oldest);
    this.change(conversationId, (timeline) => timeline.replaceEach((message) => this.marked(message)));
    return true;
  }

  /** How often everything was forgotten. */
  clears = 0;

  clear(): void {
    this.clears++;
    this.list.clear();
    this.#listChanged = true;
    for (const id of this.#timelines.keys()) this.change(id, (timeline) => timeline.clear());
  }

  flush(): void {
    const timelines = [...this.#timelinesChanged];
    const told = this.#told.splice(0);
    this.#timelinesChanged.clear();
    if (this.#listChanged) {
      this.#listChanged = false;
      this.#emitter.emit('conversations', { unreadTotal: this.list.unreadTotal() });
    }
    for (const conversationId of timelines) this.#emitter.emit('timeline', { conversationId });
    for (const tell of told) tell();
  }
}
