import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FileBounds, FoundFile, Storage } from '../../src/server/storage/storage.js';
import { onEveryStore } from './helpers/stores.js';
import { unique } from './helpers/talk.js';

const plenty: FileBounds = { unfinished: 100, bytes: 2 ** 50, since: 0 };
const picture: FoundFile = { kind: 'image', mime: 'image/png', ext: 'png', w: 3, h: 2 };

onEveryStore((store) => {
  /** A file that is all there. */
  async function finished(owner: string, time = 1_000): Promise<string> {
    const id = unique('file');
    assert.equal(await store().beginFile({ id, owner, name: 'x.png', size: 5, time }, plenty), 'ok');
    await store().finishFile(id, picture, time + 1);
    return id;
  }

  async function talk(storage: Storage): Promise<{ ann: string; bob: string; eve: string; id: number }> {
    const [ann, bob, eve] = [unique('ann'), unique('bob'), unique('eve')];
    for (const account of [ann, bob, eve]) await storage.ensureAccount(account);
    return { ann, bob, eve, id: (await storage.ensureDirect(ann, bob)).id };
  }

  it('keeps what is begun, and what it turns out to be, once', async () => {
    const owner = unique('ann');
    await store().ensureAccount(owner);
    const id = unique('file');
    await store().beginFile({ id, owner, name: 'Bild 🖼.png', size: 2 ** 40, time: 7 }, plenty);
    const begun = { id, owner, name: 'Bild 🖼.png', size: 2 ** 40, createTime: 7 };
    assert.deepEqual(await store().file(id), { ...begun, state: 'uploading', kind: '', mime: '', ext: '' });
    await store().finishFile(id, picture, 9);
    await store().finishFile(id, { kind: 'file', mime: 'text/html', ext: 'html' }, 10);
    assert.deepEqual(await store().file(id), { ...begun, state: 'ready', ...picture });
    assert.equal(await store().file('no such file'), undefined);
  });

  it('begins no more than the bounds allow, also when many come at once', async () => {
    const owner = unique('ann');
    await store().ensureAccount(owner);
    const begin = (size: number, within: Partial<FileBounds>, time = 50) =>
      store().beginFile({ id: unique('file'), owner, name: 'x', size, time }, { ...plenty, ...within });
    const many = await Promise.all(Array.from({ length: 6 }, () => begin(10, { unfinished: 3 })));
    assert.equal(many.filter((outcome) => outcome === 'ok').length, 3);
    assert.equal(many.filter((outcome) => outcome === 'unfinished').length, 3);
    assert.equal(await begin(71, { bytes: 100 }), 'bytes');
    assert.equal(await begin(70, { bytes: 100 }), 'ok');
    assert.equal(await begin(100, { bytes: 100, since: 50 }), 'ok', 'what was before the moment does not count');
  });

  it('lets a sender use what is finished and its own, and a member what a conversation of its own has', async () => {
    const { ann, bob, eve, id: conversation } = await talk(store());
    const { id: other } = await store().ensureDirect(bob, eve);
    const file = await finished(ann);
    assert.equal(await store().useFiles(bob, conversation, [file]), undefined, "another's, used nowhere yet");
    const used = await store().useFiles(ann, conversation, [file, file]);
    assert.deepEqual(
      used?.map(({ id }) => id),
      [file],
    );
    assert.equal(await store().useFiles(eve, other, [file]), undefined, 'she is no member where it is used');
    assert.equal((await store().useFiles(bob, other, [file]))?.length, 1, 'bob forwards it');
    assert.equal((await store().useFiles(eve, other, [file]))?.length, 1, 'now she has it too');
    const unfinished = unique('file');
    await store().beginFile({ id: unfinished, owner: ann, name: 'x', size: 1, time: 1 }, plenty);
    assert.equal(await store().useFiles(ann, conversation, [file, unfinished]), undefined);
    assert.equal(await store().useFiles(ann, conversation, ['no such file']), undefined);
  });

  it('says which files somebody may read', async () => {
    const { ann, bob, eve, id: conversation } = await talk(store());
    const [shared, own] = [await finished(ann), await finished(ann)];
    await store().useFiles(ann, conversation, [shared]);
    const ids = [shared, own, 'no such file'];
    const readable = async (account: string, where?: number) =>
      (await store().readableFiles(account, where, ids)).sort();
    assert.deepEqual(await readable(ann), [shared, own].sort());
    assert.deepEqual(await readable(bob, conversation), [shared]);
    assert.deepEqual(await readable(bob), []);
    assert.deepEqual(await readable(eve, conversation), []);
    assert.deepEqual(await store().readableFiles(ann, conversation, []), []);
  });

  it('gives up what the owner does not want and nothing uses', async () => {
    const { ann, bob, id: conversation } = await talk(store());
    const [used, unused] = [await finished(ann), await finished(ann)];
    await store().useFiles(ann, conversation, [used]);
    assert.equal(await store().dropFile(unused, bob), false);
    assert.equal(await store().dropFile(used, ann), false);
    assert.equal(await store().dropFile(unused, ann), true);
    assert.equal(await store().useFiles(ann, conversation, [unused]), undefined, 'nothing can use it any more');
    await store().forgetFile(used);
    assert.equal((await store().file(used))?.state, 'ready', 'only what was given up is forgotten');
    await store().forgetFile(unused);
    assert.equal(await store().file(unused), undefined);
  });

  it('gives up orphans: what was never finished, and what nothing came to use', async () => {
    const { ann, id: conversation } = await talk(store());
    const old = { name: 'x', size: 1, owner: ann, time: 1_000 };
    const unfinished = unique('file');
    await store().beginFile({ ...old, id: unfinished }, plenty);
    const slow = unique('file');
    await store().beginFile({ ...old, id: slow }, plenty);
    await store().finishFile(slow, picture, 3_000);
    const [unused, used, young] = [await finished(ann), await finished(ann), await finished(ann, 3_000)];
    await store().useFiles(ann, conversation, [used]);
    const dropped = await store().dropOrphans(2_000, 10_000);
    for (const id of [unfinished, unused]) assert.ok(dropped.includes(id));
    for (const id of [slow, used, young]) assert.ok(!dropped.includes(id));
    await store().forgetFile(unused);
    const again = await store().dropOrphans(0, 10_000);
    assert.ok(again.includes(unfinished), 'what is not forgotten yet is told again');
    assert.ok(!again.includes(unused));
    for (const id of again) await store().forgetFile(id);
  });

  it('makes a secret once', async () => {
    const name = unique('key');
    const made = await Promise.all(['a', 'b', 'c'].map((value) => store().secret(name, value)));
    assert.equal(new Set(made).size, 1);
    assert.equal(await store().secret(name, 'd'), made[0]);
    assert.equal(await store().secret(unique('key'), 'd'), 'd');
  });
});
