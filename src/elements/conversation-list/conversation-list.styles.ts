import { css } from 'lit';

export const conversationListStyles = css`
  :host {
    height: 100%;
  }
  .root {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 200px;
    overflow: hidden;
    background: var(--_color-background);
  }
  .header {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    height: 56px;
    padding-inline: var(--_space-4) calc(var(--_space-3) + var(--im-header-inset, 0px));
  }
  h2 {
    flex: 1;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    font-size: 17px;
    font-weight: 700;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .search {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    height: 36px;
    margin: 0 var(--_space-3) var(--_space-2);
    padding-inline: 10px 6px;
    border-radius: 10px;
    background: var(--_color-ground);
    color: var(--_color-text-faint);
  }
  .search:focus-within {
    outline: 2px solid var(--_color-accent-text);
    outline-offset: -2px;
  }
  input {
    flex: 1;
    min-width: 0;
    height: 100%;
    appearance: none;
    color: var(--_color-text);
    font-size: 14px;
  }
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--_color-text-faint);
    opacity: 1;
  }
  input::-webkit-search-cancel-button {
    display: none;
  }
  .search .icon-button {
    width: 24px;
    height: 24px;
  }
  .search .icon-button .icon {
    width: 16px;
    height: 16px;
  }
  .list {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    outline: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-line) transparent;
  }
  .space {
    overflow: hidden;
    contain: strict;
  }
  .rows {
    padding: 0 var(--_space-2);
  }
  .list:has(+ im-search-results) {
    flex: 0 1 auto;
    min-height: 72px;
  }
  .notice {
    flex: none;
    padding: var(--_space-2) var(--_space-4);
    color: var(--_color-danger);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .notice:empty {
    display: none;
  }
  .empty {
    display: grid;
    flex: 1;
    gap: var(--_space-1);
    place-content: center;
    place-items: center;
    padding: var(--_space-6);
    color: var(--_color-text-soft);
    text-align: center;
    text-wrap: balance;
  }
  .empty > .icon {
    width: 40px;
    height: 40px;
    margin-block-end: var(--_space-2);
    color: var(--_color-text-faint);
    stroke-width: 1.25;
  }
  .empty strong {
    color: var(--_color-text);
    font-weight: 600;
  }
  .empty .button {
    margin-block-start: var(--_space-4);
  }
  .skeletons {
    flex: 1;
    overflow: hidden;
    padding: 0 var(--_space-2);
    /* What is there within 150 ms needs no skeleton before it. */
    animation: appear 1ms 150ms both;
  }
  .skeleton {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    height: 64px;
    padding: 0 var(--_space-2);
  }
  .skeleton::before {
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    background: var(--_color-line);
    content: '';
  }
  .skeleton::after {
    width: 100%;
    height: 36px;
    border-radius: var(--_radius-medium);
    background:
      linear-gradient(var(--_color-line), var(--_color-line)) 0 4px / 45% 10px no-repeat,
      linear-gradient(var(--_color-line), var(--_color-line)) 0 24px / 75% 10px no-repeat;
    content: '';
  }
  .skeleton:dir(rtl)::after {
    background-position:
      100% 4px,
      100% 24px;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  @media (pointer: coarse) {
    input {
      /* Below 16 px iOS zooms the page in when the field gets the focus. */
      font-size: 16px;
    }
  }
  @media (forced-colors: active) {
    .search {
      border: 1px solid ButtonText;
    }
  }
`;
