import { DiskStore } from './disk-store.js';
import type { FileStore } from './file-store.js';
import type { S3Options } from './s3-store.js';

/** Where files are kept. */
export type FilesOption = { readonly directory: string } | { readonly s3: S3Options };

export async function openFiles(option: FilesOption): Promise<FileStore> {
  if ('directory' in option) return new DiskStore(option.directory);
  // Amazon's library takes a second to load, and few need it.
  const { openS3 } = await import('./s3-store.js');
  return openS3(option.s3);
}
