/** Degrees, WGS 84. */
export type Place = { readonly latitude: number; readonly longitude: number; readonly title?: string };

const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
/** `48.8584, 2.2945`; also with a fullwidth or an Arabic comma, with a blank alone, and with degree signs. */
const pair = new RegExp(String.raw`^[\u200e\u200f]*${number}°?\s*[,，،;\s]\s*${number}°?$`);
/** https://datatracker.ietf.org/doc/html/rfc5870, and the name that Android adds. */
const geo = new RegExp(String.raw`^geo:${number},${number}(?:,-?[\d.]+)?(?:[;?].*)?$`, 'i');

/**
 * Reads a place as people have it: two numbers, a `geo:` address, or a link to OpenStreetMap, Google, Apple and others that
 * carries its coordinates. `undefined` for anything else, and for what is not on Earth.
 */
export function parsePlace(text: string): Place | undefined {
  const trimmed = text.trim();
  const match = pair.exec(trimmed) ?? geo.exec(trimmed);
  if (match) return placeOf(match[1], match[2], /[?&]q=[^&]*\(([^)]+)\)/.exec(trimmed)?.[1]);
  return fromLink(trimmed);
}

function fromLink(text: string): Place | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { searchParams, hash, pathname } = new URL(text);
  const [markerLat, markerLon] = [searchParams.get('mlat'), searchParams.get('mlon')];
  if (markerLat !== null && markerLon !== null) return placeOf(markerLat, markerLon);
  // openstreetmap.org/#map=16/48.8584/2.2945
  const map = new RegExp(`^#map=[\\d.]+/${number}/${number}`).exec(hash);
  if (map) return placeOf(map[1], map[2]);
  // google.com/maps/place/Eiffel+Tower/@48.8584,2.2945,17z
  const at = new RegExp(`/@${number},${number}`).exec(pathname);
  if (at) return placeOf(at[1], at[2], placeName(pathname));
  // ?ll=48.8584,2.2945&q=Eiffel+Tower, ?q=48.8584,2.2945
  for (const name of ['ll', 'q', 'query', 'center', 'daddr', 'destination']) {
    const found = pair.exec(searchParams.get(name) ?? '');
    const title = name === 'll' ? (searchParams.get('q') ?? undefined) : undefined;
    if (found) return placeOf(found[1], found[2], title);
  }
  return undefined;
}

function placeName(pathname: string): string | undefined {
  const name = /\/place\/([^/@]+)/.exec(pathname)?.[1];
  try {
    return name === undefined ? undefined : decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function placeOf(lat: string | undefined, lon: string | undefined, title?: string): Place | undefined {
  const [latitude, longitude] = [Number(lat), Number(lon)];
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return undefined;
  return { latitude, longitude, ...(title?.trim() && { title: title.trim().slice(0, 256) }) };
}
