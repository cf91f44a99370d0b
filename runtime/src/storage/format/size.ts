import { must } from './scanner.ts';

/** A picture of a kilobyte can take gigabytes to show. Cameras stay below this. */
const mostPixels = 200_000_000;

/** The sides of a picture, in pixels. */
export function size(width: number, height: number): void {
  must(width > 0 && height > 0, 'A picture has at least one pixel.');
  must(width * height <= mostPixels, `A picture has at most ${mostPixels} pixels.`);
}
