import { css } from 'lit';

export const emojiPickerStyles = css`
  :host {
    width: 336px;
    max-width: 100%;
  }
  .root {
    display: flex;
    flex-direction: column;
    height: min(360px, calc(var(--_room, 360px) - 12px));
  }
  .top {
    display: flex;
    flex: none;
    gap: var(--_space-1);
    align-items: center;
    padding: var(--_space-1);
  }
  input {
    flex: 1;
    min-width: 0;
    height: 36px;
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-full);
    background: var(--_color-ground);
    appearance: none;
  }
  input::placeholder {
    color: var(--_color-text-faint);
    opacity: 1;
  }
  .tones {
    display: flex;
  }
  .tone,
  .tab,
  .cell {
    display: grid;
    flex: none;
    place-items: center;
    border-radius: var(--_radius-medium);
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', 'Twemoji Mozilla', sans-serif;
    text-align: center;
  }
  .tone {
    width: 32px;
    height: 36px;
    font-size: 20px;
  }
  .tones .tone {
    width: 26px;
  }
  .tone[aria-pressed='true'] {
    background: var(--_color-accent-soft);
  }
  .tabs {
    display: flex;
    flex: none;
    padding-inline: var(--_space-1);
    border-block-end: 1px solid var(--_color-line);
  }
  .tab {
    flex: 1;
    min-width: 0;
    height: 36px;
    border-block-end: 2px solid transparent;
    border-radius: 0;
    font-size: 18px;
    filter: grayscale(1);
    opacity: 0.75;
  }
  .tab[aria-selected='true'] {
    border-block-end-color: var(--_color-accent-text);
    filter: none;
    opacity: 1;
  }
  .panel {
    flex: 1;
    min-height: 0;
    padding: var(--_space-1);
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  [role='row'] {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    content-visibility: auto;
    contain-intrinsic-height: 40px;
  }
  .cell {
    width: 100%;
    height: 40px;
    font-size: 24px;
    line-height: 1;
  }
  .cell:hover,
  .tab:hover,
  .tone:hover {
    background: var(--_color-hover);
  }
  :focus-visible {
    outline-offset: -2px;
  }
  .none {
    padding: var(--_space-6);
    color: var(--_color-text-soft);
    text-align: center;
  }
  @media (pointer: coarse) {
    input {
      font-size: max(16px, var(--_font-size));
    }
  }
`;
