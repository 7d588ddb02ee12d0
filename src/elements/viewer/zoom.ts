/** How a picture lies in its stage: enlarged so many times, its middle moved by so many pixels. */
export type View = { readonly scale: number; readonly x: number; readonly y: number };
type Size = { readonly width: number; readonly height: number };

export const whole: View = { scale: 1, x: 0, y: 0 };
const most = 8;

/** Enlarges round a point of the stage, counted from its middle: what is there stays there. */
export function zoomed(view: View, factor: number, point: { readonly x: number; readonly y: number }): View {
  const scale = Math.max(1, Math.min(most, view.scale * factor));
  const by = scale / view.scale;
  return scale === 1 ? whole : { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by };
}

/** Moved, but never so far that the stage shows more beside the picture than it has to. */
export function moved(view: View, dx: number, dy: number, picture: Size, stage: Size): View {
  const room = (length: number, all: number): number => Math.max(0, (length * view.scale - all) / 2);
  const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
  return {
    scale: view.scale,
    x: within(view.x + dx, room(picture.width, stage.width)),
    y: within(view.y + dy, room(picture.height, stage.height)),
  };
}
