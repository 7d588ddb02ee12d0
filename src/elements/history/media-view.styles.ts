import { css } from 'lit';

export const mediaStyles = css`
  :host {
    position: absolute;
    inset: 0;
    z-index: 3;
  }
  .root,
  .panel {
    height: 100%;
  }
  .panel {
    display: flex;
    flex-direction: column;
    background: var(--_color-background);
  }
  .panel-header {
    min-height: 56px;
  }
  .tabs {
    display: flex;
    flex: none;
    padding: 0 var(--_space-4);
    border-block-end: 1px solid var(--_color-line);
  }
  .tabs button {
    min-height: 40px;
    padding: 0 var(--_space-3);
    border-block-end: 2px solid transparent;
    color: var(--_color-text-soft);
    font-weight: 600;
  }
  .tabs [aria-selected='true'] {
    border-color: var(--_color-accent-text);
    color: var(--_color-accent-text);
  }
  .found {
    flex: 1;
    min-height: 0;
    padding: var(--_space-2) var(--_space-4) var(--_space-4);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .found:focus-visible {
    outline-offset: -2px;
  }
  h4 {
    position: sticky;
    top: -8px;
    z-index: 1;
    margin: 0;
    padding: var(--_space-2) 0;
    background: var(--_color-background);
    font-size: var(--_font-size-small);
    font-weight: 600;
  }
  ul {
    display: grid;
    gap: var(--_space-1);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .media {
    grid-template-columns: repeat(auto-fill, minmax(96px, 1fr));
  }
  .tile {
    position: relative;
    display: grid;
    place-items: center;
    width: 100%;
    aspect-ratio: 1;
    overflow: hidden;
    border-radius: 8px;
    background: var(--_color-ground);
    color: var(--_color-text-faint);
  }
  .tile img {
    position: absolute;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .line {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    width: 100%;
    min-height: 56px;
    padding: 0 var(--_space-2);
    border-radius: 12px;
  }
  .line:hover {
    background: var(--_color-hover);
  }
  .line > .icon {
    color: var(--_color-accent-text);
  }
  .lines {
    display: grid;
    min-width: 0;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
