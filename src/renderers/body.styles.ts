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
    display: grid;
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
  .fallback {
    color: var(--_color-text-soft);
    font-style: italic;
    overflow-wrap: anywhere;
  }
`;
