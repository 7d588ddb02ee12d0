import { css } from 'lit';

export const rowStyles = css`
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
  .dot {
    min-width: 12px;
    height: 12px;
    padding: 0;
  }
  .more {
    display: none;
    align-self: stretch;
    place-content: center;
    width: 28px;
    margin-inline: -8px;
  }
  .row:hover > .more,
  .list:focus-visible .active > .more {
    display: grid;
  }
  @media (pointer: coarse) {
    .row > .more {
      display: none !important;
    }
  }
  .badge.muted {
    background: var(--_color-badge-muted);
    color: var(--_color-on-badge-muted);
  }
  @media (forced-colors: active) {
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
