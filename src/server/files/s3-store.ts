import type { Readable } from 'node:stream';
import { S3Store as TusS3Store } from '@tus/s3-store';
import { bytesOf, type FileStore } from './file-store.js';
import type { Edit } from './look/edits.js';

/** `s3://bucket?endpoint=…`; who may, say the usual AWS variables. */
export type S3Options = {
  readonly bucket: string;
  /** Of a store that is compatible with S3; absent for Amazon's. */
  readonly endpoint?: string;
  readonly region?: string;
};

/** S3 takes parts of 5 MiB and more, but for the last one. */
const partBytes = 8 * 1024 * 1024;

/** tus's store, with what else is wanted of the same bucket. */
class Uploads extends TusS3Store implements FileStore {
  readonly uploads = this;

  async size(id: string): Promise<number | undefined> {
    try {
      return (await this.client.headObject({ Bucket: this.bucket, Key: id })).ContentLength;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  override read(id: string): Promise<Readable>;
  override read(id: string, start: number, end: number): Promise<Readable>;
  override async read(id: string, start = 0, end = Infinity): Promise<Readable> {
    const range = end === Infinity ? {} : { Range: `bytes=${start}-${end - 1}` };
    const { Body } = await this.client.getObject({ Bucket: this.bucket, Key: id, ...range });
    return Body as Readable;
  }

  /** An object cannot be changed, only be put anew: part by part, so that none has to be in memory whole. */
  async edit(id: string, edits: readonly Edit[]): Promise<void> {
    if (edits.length === 0) return;
    const target = { Bucket: this.bucket, Key: id };
    const size = (await this.size(id)) ?? 0;
    const part = async (start: number): Promise<Buffer> => {
      const end = Math.min(start + partBytes, size);
      return edited(await bytesOf(await this.read(id, start, end)), start, edits);
    };
    if (size <= partBytes) {
      await this.client.putObject({ ...target, Body: await part(0) });
      return;
    }
    const { UploadId } = await this.client.createMultipartUpload(target);
    try {
      const Parts = [];
      for (let start = 0, PartNumber = 1; start < size; start += partBytes, PartNumber++) {
        const { ETag } = await this.client.uploadPart({ ...target, UploadId, PartNumber, Body: await part(start) });
        Parts.push({ ETag, PartNumber });
      }
      await this.client.completeMultipartUpload({ ...target, UploadId, MultipartUpload: { Parts } });
    } catch (error) {
      await this.client.abortMultipartUpload({ ...target, UploadId }).catch(() => undefined);
      throw error;
    }
  }

  override async remove(id: string): Promise<void> {
    try {
      await super.remove(id);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Its description, or its unfinished half, is gone: what else there may be goes too.
      const Objects = [id, this.infoKey(id)].map((Key) => ({ Key }));
      await this.client.deleteObjects({ Bucket: this.bucket, Delete: { Objects } });
    }
    await this.clearCache(id);
    await this.client.deleteObject({ Bucket: this.bucket, Key: this.partKey(id, true) });
  }
}

export function openS3({ bucket, endpoint, region }: S3Options): FileStore {
  return new Uploads({
    partSize: partBytes,
    s3ClientConfig: {
      bucket,
      region: region ?? process.env['AWS_REGION'] ?? 'us-east-1',
      // Stores of the kind have one host for all buckets, and not all of them know checksums in trailers.
      ...(endpoint !== undefined && {
        endpoint,
        forcePathStyle: true,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
    },
  });
}

function edited(bytes: Buffer, start: number, edits: readonly Edit[]): Buffer {
  for (const { at, bytes: put } of edits) {
    const length = typeof put === 'number' ? put : put.length;
    const from = Math.max(at, start);
    const to = Math.min(at + length, start + bytes.length);
    if (from >= to) continue;
    if (typeof put === 'number') bytes.fill(0, from - start, to - start);
    else put.copy(bytes, from - start, from - at, to - at);
  }
  return bytes;
}

function isMissing(error: unknown): boolean {
  const { name = '', status_code: status } = error as { name?: string; status_code?: number };
  return ['NotFound', 'NoSuchKey', 'NoSuchUpload'].includes(name) || status === 404;
}
