import { customContent } from '../../renderers/custom-content.js';

/** A button of a card: it leads somewhere, or it writes what stands on it. */
export type CardButton = { readonly label: string; readonly href?: string };
/** What a `card` message holds. */
export type CardContent = {
  readonly title: string;
  readonly text?: string;
  /** `https:` only. */
  readonly image?: string;
  readonly buttons: readonly CardButton[];
};

const mostButtons = 3;
const longest = { title: 200, text: 1_000, label: 60 };

/** Reads a card out of a message's JSON. Whoever wrote it: what is not as it should be is left out. */
export function cardOf(content: string | undefined): CardContent {
  const { title, text, image, buttons } = customContent({ ...(content !== undefined && { content }) });
  const picture = secure(image);
  return {
    title: textOf(title, longest.title) ?? '',
    ...opt('text', textOf(text, longest.text)),
    ...opt('image', picture),
    buttons: (Array.isArray(buttons) ? buttons : []).slice(0, mostButtons).flatMap((button) => buttonOf(button)),
  };
}

function buttonOf(value: unknown): CardButton[] {
  if (typeof value !== 'object' || value === null) return [];
  const { label, href } = value as Record<string, unknown>;
  const words = textOf(label, longest.label);
  const address = secure(href);
  // One that should lead somewhere and cannot is not there at all.
  if (!words || (href !== undefined && address === undefined)) return [];
  return [{ label: words, ...opt('href', address) }];
}

function textOf(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.trim() ? value.slice(0, most) : undefined;
}

function secure(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_048) return undefined;
  try {
    const url = new URL(value);
    return url.protocol === 'https:' && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function opt<K extends string, V>(name: K, value: V | undefined): { [_ in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [_ in K]?: V };
}
