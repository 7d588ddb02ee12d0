import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import type { GroupMember } from '../../../protocol/groups.js';
import type { Message } from '../../../protocol/message.js';
import { iconEveryone } from './icons.js';
import { accountsIn, mentionAt } from './mention-text.js';
import { place } from './place.js';
import type { ComposerTools } from './tools.js';

/** Stands among a message's `mentions` for all members. */
const everyone = '*';

const most = 50;
/** As many rows as a page key passes. */
const page = 5;

type Choice = { readonly account: string; readonly name: string; readonly avatar?: string; readonly all?: true };

/** The list of members that `@` opens in a group. The keyboard stays in the field and moves the choice. */
export class Mentions {
  readonly #tools: ComposerTools;
  /** Where the `@` stands; absent while the list is closed. */
  #from: number | undefined;
  #choices: readonly Choice[] = [];
  #active = 0;
  #asked = 0;
  /** Whom the names in a conversation's text mean. */
  readonly #meant = new Map<string, Map<string, string>>();

  constructor(tools: ComposerTools) {
    this.#tools = tools;
  }

  /** What of the draft says who is mentioned: those whose name still stands in the text. */
  draft(): { readonly mentions?: readonly string[] } {
    const { host } = this.#tools;
    const accounts = accountsIn(host.text, this.#names);
    return accounts.length > 0 ? { mentions: accounts } : {};
  }

  /** For an edit: the new ones, and those of before whose name still stands there, or is not known here. */
  ofEdit(message: Message, content: string): readonly string[] {
    const names = this.#names;
    const known = new Set(names.values());
    const before = (message.mentions ?? []).filter((account) => !known.has(account) && content.includes('@'));
    return [...new Set([...accountsIn(content, names), ...before])];
  }

  /** Looks whether an `@` is being written at the cursor. */
  look(): void {
    const { host } = this.#tools;
    const { client, current } = host;
    const area = host.shadowRoot!.querySelector('textarea')!;
    const found = area.selectionStart === area.selectionEnd ? mentionAt(area.value, area.selectionStart) : undefined;
    if (!found || !client || current === undefined || client.conversation(current)?.scene !== 'group')
      return this.close();
    this.#from = found.from;
    void this.#ask(current, found.query);
  }

  close(): void {
    this.#asked++;
    if (this.#from === undefined) return;
    this.#from = undefined;
    this.#choices = [];
    this.#tools.host.requestUpdate();
  }

  onKeyDown(event: KeyboardEvent, enter: boolean): boolean {
    if (!this.#open || event.ctrlKey || event.altKey || event.metaKey) return false;
    const { length } = this.#choices;
    const move = (to: number): true => {
      this.#active = to;
      this.#tools.host.requestUpdate();
      return true;
    };
    switch (event.key) {
      case 'ArrowDown':
        return move((this.#active + 1) % length);
      case 'ArrowUp':
        return move((this.#active + length - 1) % length);
      case 'PageDown':
        return move(Math.min(length - 1, this.#active + page));
      case 'PageUp':
        return move(Math.max(0, this.#active - page));
      case 'Escape':
        this.close();
        event.stopPropagation();
        return true;
      case 'Tab':
        if (event.shiftKey) return false;
        this.#choose(this.#active);
        return true;
      default:
        if (enter) this.#choose(this.#active);
        return enter;
    }
  }

  render(t: ComposerTexts): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    return html`<div class="popup mentions" part="popup" popover="manual">
      <div id="mentions" role="listbox" aria-label=${t.mention}>
        ${this.#choices.map((choice, i) => this.#row(choice, i, t))}
      </div>
    </div>`;
  }

  updated(): void {
    const root = this.#tools.host.shadowRoot!;
    const area = root.querySelector('textarea')!;
    const attributes: Record<string, string> = {
      'aria-autocomplete': 'list',
      'aria-controls': 'mentions',
      'aria-activedescendant': `mention-${this.#active}`,
    };
    for (const [name, value] of Object.entries(attributes))
      if (this.#open) area.setAttribute(name, value);
      else area.removeAttribute(name);
    const popup = root.querySelector<HTMLElement>('.popup.mentions');
    if (!popup) return;
    if (!popup.matches(':popover-open')) popup.showPopover();
    place(popup, this.#tools.host);
    popup.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #row({ account, name, avatar, all }: Choice, index: number, t: ComposerTexts): TemplateResult {
    const hold = (event: Event): void => event.preventDefault();
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- the keyboard is in the field
    return html`<div
      id="mention-${index}"
      class="choice"
      role="option"
      aria-selected=${index === this.#active ? 'true' : 'false'}
      @pointerdown=${hold}
      @click=${() => this.#choose(index)}
    >
      ${
        all
          ? html`<span class="all">${iconEveryone}</span>`
          : html`<im-avatar aria-hidden="true" .account=${account} .name=${name} .src=${avatar}></im-avatar>`
      }
      <span class="name" dir="auto">${all ? t.everyone : name}</span>
      <span class="account">${all ? t.everyoneHint : html`<bdi>${account}</bdi>`}</span>
    </div>`;
  }

  get #open(): boolean {
    return this.#from !== undefined && this.#choices.length > 0;
  }

  get #names(): Map<string, string> {
    const { current = '' } = this.#tools.host;
    const names = this.#meant.get(current) ?? new Map<string, string>();
    this.#meant.set(current, names);
    return names;
  }

  async #ask(id: string, query: string): Promise<void> {
    const { host } = this.#tools;
    const { client } = host;
    const asked = ++this.#asked;
    try {
      const { members } = await client!.members(id, { query, limit: most });
      const leads = client!.may(id, 'mentionAll');
      if (asked !== this.#asked || host.current !== id) return;
      this.#choices = choicesOf(members, query, client!.account, leads && this.#tools.t.everyone);
      this.#active = 0;
      host.requestUpdate();
    } catch {
      // Without the members there is nothing to choose from, and the text can be written all the same.
      if (asked === this.#asked) this.close();
    }
  }

  #choose(index: number): void {
    const choice = this.#choices[index];
    const { host } = this.#tools;
    const from = this.#from;
    if (!choice || from === undefined) return;
    const area = host.shadowRoot!.querySelector('textarea')!;
    const name = choice.all ? this.#tools.t.everyone : choice.name;
    const after = host.text.slice(area.selectionEnd);
    const written = `@${name}${/^\s/.test(after) ? '' : ' '}`;
    this.#names.set(name, choice.account);
    this.close();
    this.#tools.write(host.text.slice(0, from) + written + after, from + written.length);
    host.focus();
  }
}

/** Those whose name or account fits, without oneself; the names of two who are called alike carry their accounts. */
function choicesOf(members: readonly GroupMember[], query: string, self: string, all: string | false): Choice[] {
  const wanted = query.toLowerCase();
  const others = members.filter(({ account }) => account !== self);
  const nameOf = ({ nickname, name, account }: GroupMember): string =>
    (nickname || name || account).replace(/\s+/g, ' ');
  const counts = new Map<string, number>();
  for (const member of others) counts.set(nameOf(member), (counts.get(nameOf(member)) ?? 0) + 1);
  const fitting = others
    .filter((member) => [nameOf(member), member.account].some((each) => each.toLowerCase().includes(wanted)))
    .map((member) => {
      const name = nameOf(member);
      const { account, avatar } = member;
      return { account, name: counts.get(name)! > 1 ? account : name, ...(avatar !== undefined && { avatar }) };
    });
  const everybody: Choice[] =
    all !== false && all.toLowerCase().includes(wanted) ? [{ account: everyone, name: all, all: true }] : [];
  return [...everybody, ...fitting].slice(0, most);
}
