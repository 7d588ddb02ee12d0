/** The tag of how a picture is to be turned: https://exiftool.org/TagNames/EXIF.html */
const orientationTag = 0x0112;
const short = 3;

/** How a picture is to be turned, 1 to 8, out of the TIFF structure that EXIF is; 1 where it does not say. */
export function orientationOf(tiff: Buffer): number {
  if (tiff.length < 14) return 1;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  if ((!little && tiff.toString('latin1', 0, 2) !== 'MM') || u16(2) !== 42) return 1;
  const directory = u32(4);
  if (directory + 2 > tiff.length) return 1;
  for (let i = 0, at = directory + 2; i < u16(directory) && at + 12 <= tiff.length; i++, at += 12)
    if (u16(at) === orientationTag) {
      const value = u16(at + 8);
      return value >= 1 && value <= 8 ? value : 1;
    }
  return 1;
}

/** Whether width and height change places when the picture is turned. */
export function isTurned(orientation: number): boolean {
  return orientation >= 5;
}

/** A TIFF structure with nothing in it but the orientation; 26 bytes. */
function orientationOnly(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(orientationTag, 10);
  tiff.writeUInt16LE(short, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return tiff;
}

/** What takes the place of a TIFF structure of `length` bytes: the orientation where there is one to keep, else zeros. */
export function strippedTiff(tiff: Buffer, length: number): Buffer {
  const stripped = Buffer.alloc(length);
  const orientation = orientationOf(tiff);
  if (orientation > 1 && length >= 26) orientationOnly(orientation).copy(stripped);
  return stripped;
}
