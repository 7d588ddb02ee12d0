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
  header {
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
  .row {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    height: 64px;
    padding: 0 var(--_space-2);
    border-radius: 12px;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
  }
  .pinned {
    background: var(--_color-pinned);
  }
  .row:hover {
    background: var(--_color-hover);
  }
  .selected,
  .selected:hover {
    background: var(--_color-selected);
  }
  .list:focus-visible .active {
    outline: 2px solid var(--_color-accent-text);
    outline-offset: -2px;
  }
  .lines {
    flex: 1;
    min-width: 0;
  }
  .line {
    display: flex;
    gap: 6px;
    align-items: center;
    white-space: nowrap;
  }
  .second {
    min-height: 20px;
    color: var(--_color-text-soft);
    font-size: 13.5px;
    line-height: 20px;
  }
  .name,
  .preview {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .name {
    font-weight: 600;
  }
  /* What is cut off is the end of a text in its own direction, wherever the line begins. */
  :is(.name, .preview) {
    text-align: left;
  }
  .root[dir='rtl'] :is(.name, .preview) {
    text-align: right;
  }
  .before {
    flex: none;
    max-width: 45%;
    margin-inline-end: -2px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .start,
  .typing,
  .draft {
    color: var(--_color-accent-text);
  }
  .start {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .danger {
    color: var(--_color-danger);
  }
  .draft {
    font-weight: 600;
  }
  .time {
    flex: none;
    color: var(--_color-text-faint);
    font-size: var(--_font-size-caption);
    font-variant-numeric: tabular-nums;
  }
  .row .icon {
    width: 14px;
    height: 14px;
    color: var(--_color-text-faint);
  }
  .row .danger .icon {
    color: inherit;
  }
  .badge {
    flex: none;
    min-width: 20px;
    height: 20px;
    padding: 0 6px;
    border-radius: var(--_radius-full);
    background: var(--_color-badge);
    color: var(--_color-on-badge);
    font-size: var(--_font-size-caption);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 20px;
    text-align: center;
    direction: ltr;
  }
  .badge.muted {
    background: var(--_color-badge-muted);
    color: var(--_color-on-badge-muted);
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
    .selected,
    .badge {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .row.selected * {
      color: inherit;
    }
    .row.selected .badge {
      background: HighlightText;
      color: Highlight;
    }
  }
`;
