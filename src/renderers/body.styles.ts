import { css } from 'lit';

/** What the built-in renderers draw with, inside a message's shadow tree. */
export const bodyStyles = css`
  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .emoji {
    font-size: 32px;
    line-height: 40px;
  }
  .text a {
    color: var(--_color-accent-text);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
  }
  .media {
    display: block;
  }
  .room {
    display: block;
    max-width: 100%;
    border-radius: 13px;
  }
  .picture > .room {
    height: auto;
  }
  .media:not(:defined) > .room {
    background: var(--_color-hover);
  }
  .caption {
    padding: 4px 9px 0;
  }
  .mention {
    color: var(--_color-accent-text);
    font-weight: 500;
  }
  .me {
    padding-inline: 2px;
    border-radius: 4px;
    background: var(--_color-accent-soft);
  }
  .rich :is(pre, blockquote, ul, ol) {
    margin: 4px 0;
  }
  .rich :is(ul, ol) {
    padding-inline-start: 22px;
    list-style: revert;
  }
  .rich code {
    padding: 1px 3px;
    border-radius: 4px;
    background: var(--_color-hover);
    font:
      13px/20px ui-monospace,
      monospace;
  }
  .rich pre {
    overflow: auto;
    padding: 6px 8px;
    border-radius: 8px;
    background: var(--_color-hover);
  }
  .rich pre code {
    padding: 0;
    background: none;
  }
  .rich blockquote {
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--_color-accent);
    color: var(--_color-text-soft);
  }
  .fallback {
    color: var(--_color-text-soft);
    font-style: italic;
    overflow-wrap: anywhere;
  }
`;
