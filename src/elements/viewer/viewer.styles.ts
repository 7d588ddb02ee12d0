import { css } from 'lit';

export const viewerStyles = css`
  dialog {
    position: fixed;
    inset: 0;
    box-sizing: border-box;
    display: none;
    grid-template-rows: auto minmax(0, 1fr) auto;
    width: 100%;
    max-width: none;
    height: 100%;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: rgb(12 13 16 / 0.94);
    color: #fff;
    overscroll-behavior: contain;
  }
  dialog[open] {
    display: grid;
  }
  dialog::backdrop {
    background: rgb(12 13 16 / 0.5);
  }
  .bar {
    display: flex;
    gap: 4px;
    align-items: center;
    min-width: 0;
    padding: 8px 8px 8px 16px;
  }
  .bar:dir(rtl) {
    padding: 8px 16px 8px 8px;
  }
  .who {
    flex: 1;
    min-width: 0;
  }
  .who bdi,
  .who time {
    display: block;
    overflow: hidden;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who bdi {
    font-weight: 600;
  }
  .root:dir(ltr) .who bdi {
    text-align: left;
  }
  .root:dir(rtl) .who bdi {
    text-align: right;
  }
  .who time,
  .count {
    color: rgb(255 255 255 / 0.75);
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
  }
  .icon-button {
    width: 40px;
    height: 40px;
    color: #fff;
  }
  .icon-button:hover:enabled {
    background: rgb(255 255 255 / 0.14);
    color: #fff;
  }
  .icon-button:disabled {
    opacity: 0.35;
  }
  :focus-visible {
    outline-color: #fff;
  }
  .stage {
    position: relative;
    display: grid;
    place-items: center;
    min-width: 0;
    overflow: hidden;
    touch-action: none;
  }
  .stage img,
  .stage video {
    max-width: 100%;
    max-height: 100%;
    min-width: 0;
    min-height: 0;
  }
  .stage video {
    touch-action: auto;
  }
  .stage > .frame {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    place-items: center;
  }
  .frame img {
    transform: translate(calc(1px * var(--_view-x, 0)), calc(1px * var(--_view-y, 0))) scale(var(--_view-scale, 1));
    cursor: zoom-in;
    user-select: none;
    -webkit-user-select: none;
  }
  .enlarged img {
    cursor: grab;
  }
  .turn {
    position: absolute;
    inset-block-start: calc(50% - 22px);
    width: 44px;
    height: 44px;
    background: rgb(0 0 0 / 0.45);
  }
  .turn.back {
    inset-inline-start: 10px;
  }
  .turn.forth {
    inset-inline-end: 10px;
  }
  .turn .icon:dir(rtl) {
    transform: scaleX(-1);
  }
  .state {
    display: flex;
    flex-direction: column;
    gap: 10px;
    align-items: center;
  }
  .state button {
    padding: 6px 16px;
    border: 1px solid rgb(255 255 255 / 0.5);
    border-radius: 18px;
  }
  .caption {
    max-height: 22vh;
    padding: 10px 16px 14px;
    overflow: auto;
    text-align: center;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
`;
