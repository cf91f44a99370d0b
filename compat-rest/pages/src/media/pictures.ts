import { uploadLimit } from '../wire/upload.ts';

/** What the server takes for a picture. */
const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
export const pictureAccept = pictureTypes.join(',');

/** What of chosen, pasted or dropped files can be sent, and why the rest cannot. */
export function choosePictures(files: Iterable<File>): { pictures: File[]; refused: 'type' | 'size' | null } {
  const pictures: File[] = [];
  let refused: 'type' | 'size' | null = null;
  for (const file of files) {
    if (!pictureTypes.includes(file.type)) refused ??= 'type';
    else if (file.size > uploadLimit) refused ??= 'size';
    else pictures.push(file);
  }
  return { pictures, refused };
}
