import { type Settings, secret, text, url, type Values } from '../config.ts';

/** A name or key of a service: nothing that a header or a path would take for more than it is. */
const word = (description: string) => ({
  ...secret(description, 'letters, digits and any of . _ - + / =', (value) => /^[\w.+/=-]+$/.test(value)),
});
const name = (description: string) => ({ ...word(description), secret: false });
const web = (description: string) => ({ ...url(description, ['https:', 'http:']), secret: false });

/** Where uploaded files are kept; what whoever stores or serves them reads. */
export const storageSettings = {
  CLOUDINARY_URL: url(
    'Keeps uploaded files at Cloudinary: cloudinary://<key>:<secret>@<cloud>. Without it and S3_BUCKET they are kept under DATA_DIR.',
    ['cloudinary:'],
  ),
  CLOUDINARY_CLOUD_NAME: name('The same in three settings; this is the name of the cloud.'),
  CLOUDINARY_API_KEY: name('The key of that account.'),
  CLOUDINARY_API_SECRET: word('The secret of that key.'),
  S3_BUCKET: name('Keeps uploaded files in this bucket of Amazon S3, or of a service that speaks the same.'),
  S3_REGION: text('The region of the bucket.', 'us-east-1'),
  S3_ENDPOINT: web("Where the bucket's service is reached, where it is not Amazon's."),
  S3_ACCESS_KEY_ID: name('The key of whoever may list, read, write and delete in the bucket.'),
  S3_SECRET_ACCESS_KEY: word('The secret of that key.'),
  S3_PUBLIC_URL: web('Where clients fetch the files of the bucket; we serve them where it is not set.'),
} as const satisfies Settings;
export type StorageSettings = Values<typeof storageSettings>;
