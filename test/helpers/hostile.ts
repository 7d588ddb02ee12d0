const rules = `
  * {
    box-sizing: content-box !important; color: rgb(255, 0, 0) !important; background: rgb(255, 255, 0) !important;
    font-size: 31px !important; font-style: italic !important; font-weight: 900 !important; line-height: 3 !important;
    letter-spacing: 9px !important; word-spacing: 9px !important; text-align: right !important; text-transform: uppercase !important;
    text-indent: 40px !important; text-shadow: 0 0 3px red !important; text-decoration: line-through !important;
    direction: rtl !important; white-space: pre !important; word-break: break-all !important; cursor: wait !important;
    list-style: square !important; padding: 13px !important; writing-mode: vertical-rl !important; user-select: none !important;
    -webkit-user-select: none !important; -webkit-text-fill-color: lime !important; font-variant: small-caps !important;
    caret-color: red !important; color-scheme: dark !important; hyphens: auto !important; tab-size: 1 !important; quotes: none !important;
  }`;

/** A page that styles everything and means it. Gives the function that takes its rules away. */
function hostilePage(): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}

/** What must look the same with and without it. */
const looks = [
  'color',
  'font-size',
  'font-style',
  'font-weight',
  'line-height',
  'letter-spacing',
  'word-spacing',
  'text-align',
  'text-transform',
  'text-indent',
  'text-shadow',
  'direction',
  'white-space',
  'word-break',
  'cursor',
  'list-style-type',
  'writing-mode',
  'font-variant-caps',
  'color-scheme',
  'background-color',
  'hyphens',
] as const;

/** Computed styles and place of everything that is drawn in an element's shadow tree. */
function lookOf(host: Element): string[] {
  const box = host.getBoundingClientRect();
  return [...host.shadowRoot!.querySelectorAll('*:not(style)')]
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => {
      const style = getComputedStyle(element);
      const { left, top, width, height } = element.getBoundingClientRect();
      const place = [left - box.left, top - box.top, width, height].map((value) => Math.round(value));
      const name = `${element.localName}.${String(element.getAttribute('class') ?? '').trim()}`;
      return `${name} ${place.join(' ')} ${looks.map((look) => `${look}:${style.getPropertyValue(look)}`).join(';')}`;
    });
}

/** What in an element's shadow tree looks different on a hostile page: the first few, for a report. */
export function changedByHostilePage(host: Element): string[] {
  const before = lookOf(host);
  const restore = hostilePage();
  try {
    const after = lookOf(host);
    return before.flatMap((line, i) => (line === after[i] ? [] : [`${line}\n→ ${after[i]}`])).slice(0, 3);
  } finally {
    restore();
  }
}
