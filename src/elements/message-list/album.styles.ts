import { css } from 'lit';

/** Pictures as a grid; the frame round it is a message's. */
export const albumStyles = css`
  .album .bubble {
    width: 310px;
    padding: 3px;
  }
  .album .who {
    padding: 4px 9px;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    grid-auto-rows: minmax(100px, auto);
    gap: 3px;
    overflow: hidden;
    border-radius: 13px;
  }
  .grid > * {
    grid-column: span 2;
  }
  /* Two, or two pairs, and rows of three after them. */
  .rest-2 > :nth-child(-n + 2),
  .rest-1 > :nth-child(-n + 4) {
    grid-column: span 3;
    min-height: 118px;
  }
  .three > :first-child {
    grid-area: 1 / 1 / 3 / 5;
  }
`;

/** One of several in a grid, whose frame is the list's. */
export const tileStyles = css`
  :host([tile]) {
    position: relative;
  }
  .tile,
  .tile .bubble {
    position: absolute;
    inset: 0;
    display: block;
    justify-self: stretch;
    min-inline-size: 0;
    padding: 0;
    border-radius: 0;
    background: none;
    box-shadow: none;
  }
  .tile :is(.body, [id='body']) {
    display: block;
  }
  .tile :is(.body, [id='body'], .media) {
    height: 100%;
    --_picture-radius: 0;
  }
  .tile .room,
  :host(:not(:last-child)) .tile .meta {
    display: none;
  }
  .tile:focus-visible .bubble {
    z-index: 1;
    outline-offset: -4px;
  }
`;
