/** Red, green, blue, 0 to 255, as the screen shows them. */
type Pixel = readonly [number, number, number];

const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const context = canvas.getContext('2d', { willReadFrequently: true })!;

/** Paints computed colours over each other, the lowest first: what the engine makes of them, not what we think of it. */
function paint(colors: readonly string[]): Pixel {
  context.globalCompositeOperation = 'source-over';
  context.fillStyle = 'white';
  context.fillRect(0, 0, 1, 1);
  for (const color of colors) {
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return [r!, g!, b!];
}

/** WCAG 2: 1 to 21. */
function ratio(a: Pixel, b: Pixel): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(pixel: Pixel): number {
  const [r, g, b] = pixel.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** How well an element's text stands out from everything painted below it, out through shadow trees. */
export function contrastOf(element: Element): number {
  const grounds: string[] = [];
  for (let at: Element | null = element; at; at = above(at)) grounds.unshift(getComputedStyle(at).backgroundColor);
  return ratio(paint(grounds), paint([...grounds, getComputedStyle(element).color]));
}

function above(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

/** Three very different brands, and the two ends. */
export const accents = ['oklch(0.56 0.17 258)', '#ffe600', '#0b1f66', '#e4572e', 'black', 'white'] as const;
