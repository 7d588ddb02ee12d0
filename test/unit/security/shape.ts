/**
 * What stands in a tree and its shadow trees: each element’s tag with the names of its attributes, but for links, which a text may
 * make, and for `disabled` and `hidden`, which the send button is while there is nothing to send.
 */
export function shapeOf(root: ParentNode): string[] {
  return [...elementsIn(root)]
    .filter(({ localName }) => localName !== 'a')
    .map((element) => {
      const names = element.getAttributeNames().filter((name) => name !== 'disabled' && name !== 'hidden');
      return `${element.localName}[${names.sort().join()}]`;
    });
}

/** Every element of a tree and its shadow trees. */
export function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

const leads = ['href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'xlink:href', 'ping', 'background'];
const harmless = /^(https?:|mailto:|blob:|data:image\/)/;

/** What of an element could run, or load what it should not. */
export function dangersOf(element: Element): string[] {
  const found: string[] = [];
  if (/^(script|iframe|object|embed|base|meta|link|form|template|frame|foreignobject)$/.test(element.localName))
    if (element.localName !== 'form' || element.hasAttribute('action')) found.push(element.localName);
  for (const { name, value } of element.attributes) {
    if (/^on(?!line$)/.test(name) || name === 'srcdoc') found.push(`${element.localName} ${name}="${value}"`);
    if (
      leads.includes(name) &&
      !harmless.test(
        new URL(value, document.baseURI).protocol === 'data:' ? value : new URL(value, document.baseURI).href,
      )
    )
      found.push(`${element.localName} ${name}="${value}"`);
  }
  if (element.localName === 'a' && element.getAttribute('rel') !== 'noopener noreferrer')
    found.push('a link with an opener');
  return found;
}

/** Hears what a page complains of, and what runs in it, from now on. */
export class Trap {
  readonly heard: string[] = [];
  readonly #consoles = new Map<'error' | 'warn', (...data: unknown[]) => void>();
  readonly #onError = (event: ErrorEvent): void => void this.heard.push(`error ${event.message}`);
  readonly #observer = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (name.includes('evil.invalid')) this.heard.push(`asked for ${name}`);
  });

  set(): void {
    Reflect.set(window, 'owned', () => this.heard.push('something ran'));
    for (const level of ['error', 'warn'] as const) {
      this.#consoles.set(level, console[level]);
      console[level] = (...words: unknown[]) => void this.heard.push(`${level} ${words.join(' ')}`);
    }
    addEventListener('error', this.#onError);
    this.#observer.observe({ type: 'resource' });
  }

  /** Gives what was heard since it was set. */
  take(): string[] {
    if ('polluted' in {}) this.heard.push('the prototype of all objects has changed');
    return this.heard.splice(0);
  }

  remove(): void {
    this.#observer.disconnect();
    removeEventListener('error', this.#onError);
    for (const [level, original] of this.#consoles) console[level] = original;
    Reflect.deleteProperty(window, 'owned');
  }
}
