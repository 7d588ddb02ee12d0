/** A place in degrees, WGS 84. */
type Degrees = { readonly latitude: number; readonly longitude: number };

/** Pictures of a map round a place, and where the place stands among them, in pixels. */
export type Tiles = { readonly urls: readonly string[]; readonly x: number; readonly y: number };

const zoom = 15;
const size = 256;
const columns = 3;
const tileRows = 2;
/** Where Web Mercator ends. */
const mostNorth = 85.0511;

/**
 * Three by two tiles round a place, so chosen that it lies as near to their middle as can be. `undefined` where the pattern is no address of a
 * tile server.
 */
export function tilesRound({ latitude, longitude }: Degrees, pattern: string | null | undefined): Tiles | undefined {
  if (!pattern || !isPattern(pattern)) return undefined;
  const count = 2 ** zoom;
  const lat = (Math.max(-mostNorth, Math.min(mostNorth, latitude)) * Math.PI) / 180;
  const x = ((longitude + 180) / 360) * count;
  const y = ((1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2) * count;
  const left = Math.floor(x) - 1;
  const top = Math.min(count - tileRows, Math.max(0, Math.round(y) - 1));
  const urls = [];
  for (let row = 0; row < tileRows; row++)
    for (let column = 0; column < columns; column++)
      urls.push(addressOf(pattern, (((left + column) % count) + count) % count, top + row));
  return { urls, x: (x - left) * size, y: (y - top) * size };
}

function isPattern(pattern: string): boolean {
  if (!['{x}', '{y}', '{z}'].every((name) => pattern.includes(name))) return false;
  try {
    return ['https:', 'http:'].includes(new URL(addressOf(pattern, 0, 0), document.baseURI).protocol);
  } catch {
    return false;
  }
}

function addressOf(pattern: string, x: number, y: number): string {
  const values = new Map([
    ['x', x],
    ['y', y],
    ['z', zoom],
  ]);
  return pattern.replace(/\{([xyz])\}/g, (_, name: string) => String(values.get(name)));
}
