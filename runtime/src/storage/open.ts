import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import { dataDirError } from '../data-dir.ts';
import { type CloudinaryAccount, CloudinaryStorage } from './cloudinary.ts';
import { DiskStorage } from './disk.ts';
import { S3Storage } from './s3.ts';
import type { StorageSettings } from './settings.ts';
import type { Storage } from './storage.ts';

/** Opens the storage that is set: Cloudinary, a bucket, or the folder `uploads` under `DATA_DIR`. @throws ConfigError */
export async function openStorage(settings: StorageSettings & { readonly DATA_DIR: string }): Promise<Storage> {
  const cloudinary = cloudinaryAccount(settings);
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, DATA_DIR } = settings;
  if (cloudinary && S3_BUCKET)
    throw new ConfigError('S3_BUCKET and settings of Cloudinary are both set; files are kept in one place.');
  if (cloudinary) return new CloudinaryStorage(cloudinary);
  if (S3_BUCKET) {
    if (!S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY)
      throw new ConfigError('S3_BUCKET is set; it takes S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, too.');
    return new S3Storage({
      bucket: S3_BUCKET,
      region: settings.S3_REGION,
      accessKeyId: S3_ACCESS_KEY_ID,
      secretAccessKey: S3_SECRET_ACCESS_KEY,
      endpoint: settings.S3_ENDPOINT,
      publicUrl: settings.S3_PUBLIC_URL,
    });
  }
  try {
    return await DiskStorage.open(join(DATA_DIR, 'uploads'));
  } catch (error) {
    throw dataDirError(error, DATA_DIR);
  }
}

function cloudinaryAccount(settings: StorageSettings): CloudinaryAccount | null {
  if (settings.CLOUDINARY_URL) return accountOf(new URL(settings.CLOUDINARY_URL));
  const { CLOUDINARY_CLOUD_NAME, CLOUDINARY_API_KEY, CLOUDINARY_API_SECRET } = settings;
  const given = [CLOUDINARY_CLOUD_NAME, CLOUDINARY_API_KEY, CLOUDINARY_API_SECRET];
  if (given.every((value) => value === undefined)) return null;
  if (!CLOUDINARY_CLOUD_NAME || !CLOUDINARY_API_KEY || !CLOUDINARY_API_SECRET)
    throw new ConfigError(
      'Cloudinary takes all of CLOUDINARY_CLOUD_NAME, CLOUDINARY_API_KEY and CLOUDINARY_API_SECRET, or CLOUDINARY_URL.',
    );
  return { cloudName: CLOUDINARY_CLOUD_NAME, apiKey: CLOUDINARY_API_KEY, apiSecret: CLOUDINARY_API_SECRET };
}

/** As Cloudinary's own libraries read it; `?upload_prefix=` says where its API is, where not at the usual place. */
function accountOf({ hostname, username, password, searchParams }: URL): CloudinaryAccount {
  if (!hostname || !username || !password)
    throw new ConfigError('CLOUDINARY_URL is (hidden); it takes cloudinary://<key>:<secret>@<cloud>.');
  return {
    cloudName: hostname,
    apiKey: decodeURIComponent(username),
    apiSecret: decodeURIComponent(password),
    uploadPrefix: searchParams.get('upload_prefix') ?? undefined,
  };
}
