import { css } from 'lit';

export const pinnedBarStyles = css`
  :host {
    position: relative;
    z-index: 2;
    flex: none;
  }
  .bar {
    position: relative;
    display: flex;
    gap: var(--_space-1);
    align-items: center;
    height: 48px;
    padding-inline: var(--_space-4) var(--_space-3);
    border-block-end: 1px solid var(--_color-line);
    background: var(--_color-background);
  }
  .newest,
  .go {
    flex: 1;
    min-width: 0;
    padding: 4px var(--_space-2);
    border-radius: var(--_radius-medium);
  }
  .newest {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .newest:hover,
  .go:hover {
    background: var(--_color-hover);
  }
  .newest .icon {
    width: 18px;
    height: 18px;
    color: var(--_color-accent-text);
  }
  .text {
    min-width: 0;
  }
  .label,
  .what {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label {
    color: var(--_color-accent-text);
    font-size: var(--_font-size-caption);
    line-height: 16px;
    font-weight: 600;
  }
  .what {
    font-size: var(--_font-size-small);
    line-height: 18px;
    text-align: match-parent;
  }
  .number {
    color: var(--_color-text-soft);
    font-size: var(--_font-size-caption);
    font-variant-numeric: tabular-nums;
  }
  ul {
    position: absolute;
    inset-block-start: 100%;
    inset-inline: var(--_space-2);
    max-height: min(320px, 50vh);
    margin: 0;
    padding: 6px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_color-line);
    border-radius: 12px;
    background: var(--_color-background);
    box-shadow: var(--_shadow-popup);
    list-style: none;
  }
  li {
    display: flex;
    gap: var(--_space-1);
    align-items: center;
  }
  li .label {
    color: var(--_color-text-soft);
    font-weight: 400;
  }
`;
