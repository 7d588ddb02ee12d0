import type { Acted } from '../../../src/protocol/actions.js';

const mark = ' · edited ';

/** What a message said first, by which a run knows it. */
export function firstText(content: string): string {
  return content.split(mark)[0]!;
}

export function editedText(content: string, number: number): string {
  return `${firstText(content)}${mark}${number}`;
}

/** What was done to a message, as text that can be compared. */
export function stateOf({ content, editTime, recalled, reactions, pinned, rev }: Acted): string {
  return JSON.stringify({ content, editTime, recalled, reactions, pinned, rev });
}
