import { css } from 'lit';

/**
 * The wall between a page's styles and ours. A page's rules reach the host element only: what they set there on the box is answered by
 * `:host { … !important }` (which wins over a page's `!important`), and what would be inherited is set anew on `.root`, the
 * element that every shadow tree has as its only child. `font-family` is the page's on purpose; so are `visibility` and
 * `pointer-events`, by which pages hide what they fade out.
 */
export const host = css`
  :host {
    display: block;
    box-sizing: border-box !important;
    padding: 0 !important;
    text-decoration: none !important;
    writing-mode: horizontal-tb !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  .root {
    color: var(--_color-text);
    font-family: var(--im-font-family, inherit);
    font-size: var(--_font-size);
    font-style: normal;
    font-weight: 400;
    font-stretch: normal;
    font-variant: normal;
    font-feature-settings: normal;
    font-size-adjust: none;
    line-height: var(--_font-line);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    text-wrap: wrap;
    white-space: normal;
    word-break: normal;
    overflow-wrap: break-word;
    hyphens: manual;
    line-break: auto;
    tab-size: 4;
    writing-mode: horizontal-tb;
    list-style: none;
    quotes: auto;
    cursor: auto;
    caret-color: auto;
    user-select: text;
    -webkit-user-select: text;
    border-collapse: separate;
    border-spacing: 0;
    -webkit-text-fill-color: currentcolor;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
      scroll-behavior: auto !important;
    }
  }
`;

/**
 * For elements that stand in a page by themselves. A page's underline is drawn through everything in its flow, shadow trees
 * included, and no rule of theirs takes it away; what floats is not in the flow.
 */
export const apart = css`
  :host {
    display: flow-root;
  }
  .root {
    float: left;
    width: 100%;
  }
`;
