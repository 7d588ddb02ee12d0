import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { Readable } from 'node:stream';
import { Upload } from '@tus/server';
import { DiskStore } from '../../src/server/files/disk-store.js';
import { bytesOf, type FileStore } from '../../src/server/files/file-store.js';
import { openFiles } from '../../src/server/files/open-files.js';
import { S3Server } from './helpers/s3-server.js';
import { temporaryDirectory } from './helpers/stores.js';

const newId = (): string => randomBytes(16).toString('hex');
const mib = 1024 * 1024;

function cases(open: () => Promise<FileStore> | FileStore): void {
  let store: FileStore;
  before(async () => {
    store = await open();
  });

  async function begin(size: number): Promise<string> {
    const id = newId();
    await store.uploads.create(new Upload({ id, size, offset: 0, metadata: { filename: 'x' } }));
    return id;
  }
  async function put(bytes: Buffer): Promise<string> {
    const id = await begin(bytes.length);
    assert.equal(await store.uploads.write(Readable.from([bytes]), id, 0), bytes.length);
    return id;
  }
  const all = async (id: string, size: number): Promise<Buffer> => bytesOf(await store.read(id, 0, size));

  it('keeps what is written piece by piece, and knows how far it is', async () => {
    const bytes = randomBytes(100_000);
    const id = await begin(bytes.length);
    assert.equal((await store.uploads.getUpload(id)).offset, 0);
    assert.equal(await store.uploads.write(Readable.from([bytes.subarray(0, 60_000)]), id, 0), 60_000);
    const again = await open();
    assert.equal((await again.uploads.getUpload(id)).offset, 60_000, 'also for a process that comes after');
    assert.equal(await again.uploads.write(Readable.from([bytes.subarray(60_000)]), id, 60_000), 100_000);
    assert.deepEqual(await all(id, bytes.length), bytes);
    assert.equal(await store.size(id), 100_000);
  });

  it('gives any stretch', async () => {
    const bytes = randomBytes(5_000);
    const id = await put(bytes);
    assert.deepEqual(await bytesOf(await store.read(id, 1_000, 1_001)), bytes.subarray(1_000, 1_001));
    assert.deepEqual(await bytesOf(await store.read(id, 4_000, 5_000)), bytes.subarray(4_000));
  });

  for (const size of [1_000, 20 * mib])
    it(`writes over stretches of ${size} bytes, in place`, async () => {
      const bytes = randomBytes(size);
      const id = await put(bytes);
      const middle = Math.floor(size / 2);
      await store.edit(id, [
        { at: 10, bytes: Buffer.from('hello') },
        { at: middle, bytes: size - middle },
        { at: size - 3, bytes: Buffer.from('end') },
      ]);
      bytes.write('hello', 10);
      bytes.fill(0, middle);
      bytes.write('end', size - 3);
      assert.ok((await all(id, size)).equals(bytes));
      assert.equal(await store.size(id), size);
    });

  it('removes what is whole, what is half, and what is not there', async () => {
    const whole = await put(randomBytes(100));
    const half = await begin(100);
    await store.uploads.write(Readable.from([randomBytes(50)]), half, 0);
    for (const id of [whole, half, newId(), whole]) await store.remove(id);
    for (const id of [whole, half]) {
      assert.equal(await store.size(id), undefined);
      await assert.rejects(store.uploads.getUpload(id));
      await assert.rejects(async () => bytesOf(await store.read(id, 0, 10)));
    }
  });
}

const directory = await temporaryDirectory();
describe('files on disk', () => {
  cases(() => openFiles({ directory }));

  it('S-44: takes no id that is none', async () => {
    const store = new DiskStore(directory);
    for (const id of ['../x', '', 'a/b', `${newId()}.json`]) await assert.rejects(store.size(id), TypeError);
  });
});

const s3 = await S3Server.start();
describe('files in S3', () => cases(() => openFiles({ s3: s3.options })));
