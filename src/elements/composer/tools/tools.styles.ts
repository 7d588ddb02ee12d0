import { css } from 'lit';

export const toolsStyles = css`
  .note {
    display: flex;
    gap: var(--_space-3);
    justify-content: space-between;
    padding-inline: var(--_space-6);
    color: var(--_color-text-soft);
    font-size: var(--_font-size-caption);
    line-height: var(--_font-line-caption);
    font-variant-numeric: tabular-nums;
  }
  .note > :not(:empty) {
    padding-block: 6px 0;
  }
  .wrong {
    color: var(--_color-danger);
  }
  .refusal,
  .slow {
    padding: var(--_space-3) var(--_space-4);
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
    text-align: center;
  }
  .slow {
    padding-block: 6px 0;
    font-variant-numeric: tabular-nums;
  }
  /* Not the button's name: the line above says it in words. */
  .wait::before {
    content: attr(data-left);
  }
  .wait {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .quote {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    padding: var(--_space-2) var(--_space-4) 0;
    color: var(--_color-accent-text);
  }
  .quoted {
    flex: 1;
    min-width: 0;
    padding: 3px var(--_space-2) 3px 10px;
    border-inline-start: 3px solid var(--_color-accent);
    border-radius: var(--_radius-small);
    background: var(--_color-accent-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .quoted > * {
    display: block;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .quoted > b {
    color: var(--_color-accent-text);
    font-weight: 600;
  }
  .quoted > span {
    color: var(--_color-text);
  }

  .tray {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    padding: 10px var(--_space-4) 0;
  }
  .tray ul {
    display: flex;
    gap: var(--_space-2);
    margin: 0;
    padding: 4px;
    overflow-x: auto;
    list-style: none;
    scrollbar-width: thin;
  }
  .tray li {
    position: relative;
    display: flex;
    flex: none;
    align-items: center;
    max-width: 220px;
    height: 72px;
    border-radius: var(--_radius-medium);
    background: var(--_color-ground);
  }
  .tile {
    display: grid;
    flex: none;
    place-items: center;
    width: 56px;
    height: 72px;
    overflow: hidden;
    border-radius: var(--_radius-medium);
    color: var(--_color-accent-text);
  }
  .tile.picture {
    width: 72px;
  }
  .tile.reading {
    opacity: 0.5;
  }
  .tile canvas {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .duration {
    position: absolute;
    inset: auto auto 4px;
    padding-inline: 4px;
    border-radius: var(--_radius-small);
    background: rgb(0 0 0 / 0.65);
    color: white;
    font-size: 11px;
    line-height: 15px;
    font-variant-numeric: tabular-nums;
  }
  .about {
    min-width: 0;
    padding-inline-end: 34px;
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .about > * {
    display: block;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .size {
    color: var(--_color-text-soft);
  }
  .remove,
  .how {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: var(--_radius-full);
    background: var(--_color-background);
    color: var(--_color-text);
    box-shadow: 0 0 0 1px var(--_color-line);
  }
  .how {
    inset-block: auto 4px;
  }
  .remove .icon,
  .how .icon {
    width: 14px;
    height: 14px;
  }

  .popup {
    position: fixed;
    inset: auto auto var(--_bottom, 0) var(--_left, 0);
    width: max-content;
    max-width: calc(100vw - 16px);
    max-height: var(--_room, 360px);
    margin: 0;
    padding: var(--_space-1);
    overflow: hidden auto;
    border: 1px solid var(--_color-line);
    border-radius: 12px;
    background: var(--_color-background);
    color: var(--_color-text);
    box-shadow: var(--_shadow-popup);
  }
  .item {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    width: 100%;
    min-width: 200px;
    min-height: 40px;
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-medium);
    text-align: start;
  }
  .item .icon {
    color: var(--_color-accent-text);
  }
  .item:hover,
  .item:focus-visible {
    background: var(--_color-hover);
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .mentions {
    width: 320px;
  }
  .mentions.popup {
    max-height: min(var(--_room, 260px), 260px);
  }
  .choice {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    min-height: 40px;
    padding-inline: var(--_space-2);
    border-radius: var(--_radius-medium);
    cursor: pointer;
  }
  .choice:hover {
    background: var(--_color-hover);
  }
  .choice[aria-selected='true'] {
    background: var(--_color-selected);
  }
  .choice im-avatar {
    --im-avatar-size: 28px;
  }
  .all {
    display: grid;
    flex: none;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: var(--_color-accent-soft);
    color: var(--_color-accent-text);
  }
  .all .icon {
    width: 16px;
    height: 16px;
  }
  .choice > span:not(.all) {
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .choice .account {
    flex: 1;
    min-width: 25%;
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
  }
  @media (forced-colors: active) {
    .choice[aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
  @container (width < 480px) {
    .quote,
    .tray {
      padding-inline: var(--_space-3);
    }
  }
`;

export const dropZoneStyles = css`
  .drop-zone {
    position: absolute;
    inset: var(--_space-2);
    z-index: 3;
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    justify-content: center;
    border: 2px dashed var(--_color-accent-text);
    border-radius: var(--_radius-large);
    background: color-mix(in oklab, var(--_color-background) 88%, transparent);
    color: var(--_color-accent-text);
    font-weight: 600;
    pointer-events: none;
  }
  .root {
    position: relative;
  }
`;
