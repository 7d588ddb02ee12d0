import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AccountExistsError } from '../../src/server/storage/storage.js';
import { onEveryStore } from './helpers/stores.js';
import { unique } from './helpers/talk.js';

onEveryStore((store) => {
  it('makes an account with what it is given, and finds it', async () => {
    const account = unique('ann');
    const given = { account, name: 'Ann 👩🏽‍🚀', icon: 'https://x/y.png', tokenHash: 'ab12', extra: '{"sign":"…"}' };
    const before = Date.now();
    const made = await store().createAccount(given);
    assert.deepEqual(made, { ...given, disabled: false, tokensValidFrom: 0, u: 0, createTime: made.createTime });
    assert.ok(made.createTime >= before && made.createTime <= Date.now());
    assert.deepEqual(await store().account(account), made);
  });

  it('refuses to make one twice, and leaves the first as it was', async () => {
    const account = unique('ann');
    const made = await store().createAccount({ account, name: 'first' });
    await assert.rejects(store().createAccount({ account, name: 'second' }), AccountExistsError);
    assert.deepEqual(await store().account(account), made);
  });

  it('makes an account on the first visit only, also when many come at once', async () => {
    const account = unique('ann');
    const visits = await Promise.all(Array.from({ length: 8 }, () => store().ensureAccount(account)));
    for (const visit of visits) assert.deepEqual(visit, visits[0]);
    assert.deepEqual(
      { ...visits[0], createTime: 0 },
      {
        account,
        name: '',
        icon: '',
        tokenHash: '',
        extra: '',
        disabled: false,
        tokensValidFrom: 0,
        u: 0,
        createTime: 0,
      },
    );
  });

  it('gives nothing for an account that is not there', async () => {
    assert.equal(await store().account(unique('nobody')), undefined);
    assert.deepEqual(await store().accounts([]), []);
    assert.deepEqual(await store().accounts([unique('nobody')]), []);
  });

  it('gives those that are there of any number of names', async () => {
    const names = Array.from({ length: 40 }, () => unique('many'));
    await Promise.all(names.map((name) => store().ensureAccount(name)));
    const asked = [...names, ...names, ...Array.from({ length: 300 }, () => unique('nobody'))];
    const found = await store().accounts(asked);
    assert.deepEqual(found.map(({ account }) => account).sort(), [...names].sort());
  });

  it('changes the fields that are named, and only those', async () => {
    const account = unique('ann');
    const made = await store().createAccount({ account, name: 'Ann', icon: 'i', tokenHash: 't', extra: 'e' });
    assert.equal(await store().updateAccount(account, { name: 'Anna', disabled: true }), true);
    assert.deepEqual(await store().account(account), { ...made, name: 'Anna', disabled: true });
    await store().updateAccount(account, {
      disabled: false,
      icon: '',
      tokenHash: 'n',
      extra: '{}',
      tokensValidFrom: 5,
    });
    const expected = { ...made, name: 'Anna', icon: '', tokenHash: 'n', extra: '{}', tokensValidFrom: 5 };
    assert.deepEqual(await store().account(account), expected);
    assert.equal(await store().updateAccount(account, {}), true);
    assert.deepEqual(await store().account(account), expected);
  });

  it('says so when the account to change is not there', async () => {
    assert.equal(await store().updateAccount(unique('nobody'), { name: 'x' }), false);
    assert.equal(await store().updateAccount(unique('nobody'), {}), false);
  });

  it('F45: keeps apart names that are code in a database or in JavaScript', async () => {
    for (const name of ["o'brien; drop", '__proto__', 'constructor', '%', '_']) {
      const account = unique(name);
      await store().createAccount({ account, name });
      assert.equal((await store().account(account))?.name, name);
    }
  });

  it('answers a check', () => store().check());
});
