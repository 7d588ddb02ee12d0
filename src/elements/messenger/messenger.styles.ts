import { css } from 'lit';

export const messengerStyles = css`
  :host {
    height: 600px;
    max-height: 100dvh;
  }
  .root {
    /* By name: the back button stands inside the window's own container. */
    container: messenger / inline-size;
    height: 100%;
    min-height: 240px;
    overflow: hidden;
    background: var(--_color-background);
  }
  .panes {
    position: relative;
    display: grid;
    height: 100%;
  }
  .pane {
    position: relative;
    min-width: 0;
    min-height: 0;
  }
  .pane > slot > *,
  .pane > slot::slotted(*) {
    height: 100%;
  }
  .separator {
    display: none;
  }
  .back {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .back:dir(rtl) .icon {
    transform: scaleX(-1);
  }
  @container messenger (width < 640px) {
    .pane {
      grid-area: 1 / 1;
    }
    /* Hidden, not taken out: a box that is gone forgets where it was scrolled to. */
    .panes:not(.open) > .window,
    .open > .list {
      visibility: hidden;
    }
  }
  @container messenger (width >= 640px) {
    .panes {
      grid-template-columns: clamp(240px, var(--_list-width, var(--im-list-width, 320px)), 400px) 0 minmax(0, 1fr);
    }
    .separator {
      position: relative;
      z-index: 1;
      display: block;
      cursor: col-resize;
      touch-action: none;
    }
    .separator::before {
      position: absolute;
      inset-block: 0;
      inset-inline-start: -1px;
      width: 1px;
      background: var(--_color-line);
      content: '';
    }
    /* The line is too thin to be caught. */
    .separator::after {
      position: absolute;
      inset-block: 0;
      inset-inline-start: -5px;
      width: 9px;
      content: '';
    }
    .separator:focus-visible {
      outline: none;
    }
    .separator:is(:focus-visible, .dragged)::before {
      inset-inline-start: -2px;
      width: 3px;
      background: var(--_color-accent-text);
    }
    .back {
      display: none;
    }
    /* The list beside it says it already. */
    im-chat-window::part(offline) {
      display: none;
    }
  }
`;
