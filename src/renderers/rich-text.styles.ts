import { css, noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

const styles = css`
  .mention {
    color: var(--_color-accent-text);
    font-weight: 500;
  }
  .me {
    padding-inline: 2px;
    border-radius: 4px;
    background: var(--_color-accent-soft);
  }
  .rich :is(pre, blockquote, ul, ol) {
    margin: 4px 0;
  }
  .rich :is(ul, ol) {
    padding-inline-start: 22px;
    list-style: revert;
  }
  .rich code {
    padding: 1px 3px;
    border-radius: 4px;
    background: var(--_color-hover);
    font:
      13px/20px ui-monospace,
      monospace;
  }
  .rich pre {
    overflow: auto;
    padding: 6px 8px;
    border-radius: 8px;
    background: var(--_color-hover);
  }
  .rich pre code {
    padding: 0;
    background: none;
  }
  .rich blockquote {
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--_color-accent);
    color: var(--_color-text-soft);
  }
`;

/** Gives the shadow tree that an element has come into the styles of rich text: they are loaded with it, not with every message. */
class Dressed extends Directive {
  override render(): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart): typeof noChange {
    // It is not in the tree yet.
    queueMicrotask(() => {
      const root = element.getRootNode();
      const sheet = styles.styleSheet;
      if (root instanceof ShadowRoot && sheet && !root.adoptedStyleSheets.includes(sheet))
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    });
    return noChange;
  }
}

export const dressed = directive(Dressed);
