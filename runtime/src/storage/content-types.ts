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

export const isContentType = (text: string): text is ContentType => Object.hasOwn(extensions, text);

/** The types that files of a folder may have. */
export const typesIn = (folder: Folder): readonly ContentType[] => Object.keys(folders[folder]) as ContentType[];
