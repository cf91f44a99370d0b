/** What files may be, and how their names end: images in `images/`, sounds in `audio/`. Nothing else is ever stored. */
export const folders = {
  images: { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'image/webp': 'webp' },
  audio: { 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/wav': 'wav', 'audio/mpeg': 'mp3' },
} as const;
export type Folder = keyof typeof folders;
export type ContentType = { [F in Folder]: keyof (typeof folders)[F] }[Folder];

const extensions = { ...folders.images, ...folders.audio } as const satisfies Record<ContentType, string>;

/** How the name of a file of this type ends, without the dot. */
export const extensionOf = (type: ContentType): string => extensions[type];

const isContentType = (text: string): text is ContentType => Object.hasOwn(extensions, text);

/** What others call our types. */
const aliases: Readonly<Record<string, ContentType>> = {
  'image/apng': 'image/png',
  'video/webm': 'audio/webm',
  'video/ogg': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/mp3': 'audio/mpeg',
};

/** The type that a `content-type` names; null where it is none of ours. */
export function typeNamed(header: string): ContentType | null {
  const [type = ''] = header.toLowerCase().split(';');
  const name = type.trim();
  return isContentType(name) ? name : Object.hasOwn(aliases, name) ? (aliases[name] ?? null) : null;
}

/** The types that files of a folder may have. */
export const typesIn = (folder: Folder): readonly ContentType[] => Object.keys(folders[folder]) as ContentType[];
