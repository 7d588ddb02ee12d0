import { fixture, html } from '@open-wc/testing';
import { ImAvatar } from '../../src/elements/avatar/avatar.js';
import { ImComposer } from '../../src/elements/composer/composer.js';
import type { GroupInfo } from '../../src/protocol/groups.js';
import { FakeClient } from './fake-client.js';
import { provideClient } from './provide-client.js';
import { waitUntil } from './wait-until.js';

if (!customElements.get('im-composer')) customElements.define('im-composer', ImComposer);
if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);

/** A group in which one is a plain member, but for what is said. */
export function setGroup(client: FakeClient, id: string, fields: Partial<GroupInfo> = {}): void {
  const plain = { id, form: 'public', name: 'Trip', joinMode: 'approval', inviteMode: 'nobody' } as const;
  const counts = { memberCount: 4, memberLimit: 200, createTime: 0, mutedAll: false, dismissed: false };
  client.groups.set(id, { ...plain, ...counts, role: 'member', notify: 'notify', ...fields });
  client.emit('group', { conversationId: id });
}

/** A composer with a client in which `p2p-bob` and `group-trip` are known, and ways to use it as a person does. */
export class MountedComposer {
  readonly client: FakeClient;
  readonly composer: ImComposer;
  readonly provider: ReturnType<typeof provideClient>;

  private constructor(client: FakeClient, composer: ImComposer, provider: ReturnType<typeof provideClient>) {
    this.client = client;
    this.composer = composer;
    this.provider = provider;
  }

  static async mount(
    conversation = 'p2p-bob',
    { lang = 'en', dir = 'ltr', width = 600, before = (_: FakeClient): void => undefined } = {},
  ): Promise<MountedComposer> {
    const client = new FakeClient();
    for (const id of ['p2p-bob', 'group-trip']) client.add(id);
    before(client);
    const box = await fixture<HTMLElement>(html`<div lang=${lang} dir=${dir}></div>`);
    // Room above it, as in a window, for what floats there.
    box.style.cssText = `width: ${width}px; padding-top: 420px`;
    const provider = provideClient(box, client);
    const composer = document.createElement('im-composer');
    composer.conversation = conversation;
    box.append(composer);
    await composer.updateComplete;
    return new MountedComposer(client, composer, provider);
  }

  get area(): HTMLTextAreaElement {
    return this.query('textarea')!;
  }
  get note(): string {
    return this.query('.note')!.textContent.replace(/\s+/g, ' ').trim();
  }
  /** Calls that changed something, by name. */
  calls(name: string): string[] {
    return this.client.calls.filter((call) => call.startsWith(`${name} `));
  }

  query<T extends Element = HTMLElement>(selector: string): T | null {
    return this.composer.shadowRoot!.querySelector<T>(selector);
  }
  /** As soon as it is drawn. */
  async seen<T extends Element = HTMLElement>(selector: string): Promise<T> {
    await waitUntil(() => this.query(selector), `no ${selector}`);
    return this.query<T>(selector)!;
  }
  async gone(selector: string): Promise<void> {
    await waitUntil(() => !this.query(selector), `still ${selector}`);
  }

  /** Types at the cursor, as one input. */
  async type(text: string): Promise<void> {
    await this.composer.updateComplete;
    this.area.focus();
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, 'end');
    this.area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.composer.updateComplete;
  }
  /** Whether the key was taken. */
  key(key: string, options: KeyboardEventInit = {}, target: Element = this.area): boolean {
    const init = { key, bubbles: true, composed: true, cancelable: true, ...options };
    return !target.dispatchEvent(new KeyboardEvent('keydown', init));
  }
  async tools(): Promise<void> {
    await this.composer.need();
    await this.composer.updateComplete;
  }
}
