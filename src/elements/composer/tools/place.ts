const gap = 8;

/** Lays a popup, which stands in the browser's top layer, above an element's form, as high as there is room. */
export function place(popup: HTMLElement, host: HTMLElement): void {
  const form = host.shadowRoot!.querySelector('form')!.getBoundingClientRect();
  const { innerWidth, innerHeight } = host.ownerDocument.defaultView!;
  const rtl = popup.matches(':dir(rtl)');
  const width = popup.offsetWidth;
  const start = rtl ? form.right - gap - width : form.left + gap;
  const left = Math.max(gap, Math.min(start, innerWidth - gap - width));
  const set = (name: string, pixels: number): void => popup.style.setProperty(name, `${Math.round(pixels)}px`);
  set('--_left', left);
  set('--_bottom', Math.max(gap, innerHeight - form.top + gap / 2));
  set('--_room', Math.max(120, form.top - 2.5 * gap));
}
