import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory, testApp } from '../helpers/chat-server.js';
import { manage, signed } from '../helpers/management.js';
import { ServerClock } from '../helpers/server-clock.js';

/** The close code that a token gets, or `welcome`. */
async function login(server: ChatServer, account: string, token: string): Promise<string | number> {
  const client = await server.open();
  client.hello({ account, token });
  const frame = await client.expectAny(['welcome', 'bye']);
  return frame.t === 'welcome' ? 'welcome' : frame.code;
}

describe('user/create.action', () => {
  it('makes an account with a token that opens a connection', async (t) => {
    const server = await ChatServer.start(t);
    const { code, info } = await manage(server.url, 'user/create', { accid: 'Helga.S', name: 'Helga 你好 & Co' });
    assert.deepEqual([code, info?.accid, info?.name], [200, 'helga.s', 'Helga 你好 & Co']);
    assert.match(info!.token!, /^[0-9a-f]{32}$/);
    const client = await server.open();
    const welcome = await client.greet({ account: 'helga.s', token: info!.token! });
    assert.deepEqual(welcome.profile, { account: 'helga.s', name: 'Helga 你好 & Co' });
  });

  it('takes a token of the caller’s choice, and all its other fields', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const fields = {
      accid: 'a',
      name: '',
      icon: 'https://x.example/a.png',
      token: 'x'.repeat(128),
      sign: 's',
      email: 'e@x.example',
      birth: '2000-01-01',
      mobile: '+49',
      gender: '2',
      ex: '{"__proto__":1}',
      props: 'p',
    };
    const answer = await manage(server.url, 'user/create', fields);
    assert.deepEqual(answer, { code: 200, info: { token: fields.token, accid: 'a', name: '' } });
    assert.equal(await login(server, 'a', fields.token), 'welcome');
    const row = (await storage.account('a'))!;
    assert.equal(row.icon, fields.icon);
    const { sign, email, birth, mobile, gender, ex, props } = fields;
    assert.deepEqual(JSON.parse(row.extra), { sign, email, birth, mobile, gender, ex, props });
    assert.ok(!JSON.stringify(row).includes(fields.token), 'only a hash is stored');
  });

  it('refuses what is there already, and what is wrong, with 414', async (t) => {
    const server = await ChatServer.start(t);
    assert.equal((await manage(server.url, 'user/create', { accid: 'taken' })).code, 200);
    assert.deepEqual(await manage(server.url, 'user/create', { accid: 'TAKEN' }), {
      code: 414,
      desc: 'already register',
    });
    const wrong: [string, Record<string, string>][] = [
      ['accid', {}],
      ['accid', { accid: '' }],
      ['accid', { accid: 'x'.repeat(33) }],
      ['accid', { accid: 'white space' }],
      ['accid', { accid: '张三' }],
      ['name', { accid: 'a', name: 'x'.repeat(65) }],
      ['icon', { accid: 'a', icon: 'x'.repeat(1_025) }],
      ['token', { accid: 'a', token: 'x'.repeat(129) }],
      ['sign', { accid: 'a', sign: 'x'.repeat(257) }],
      ['email', { accid: 'a', email: 'x'.repeat(65) }],
      ['birth', { accid: 'a', birth: 'x'.repeat(17) }],
      ['mobile', { accid: 'a', mobile: 'x'.repeat(33) }],
      ['gender', { accid: 'a', gender: '3' }],
      ['ex', { accid: 'a', ex: 'x'.repeat(1_025) }],
      ['props', { accid: 'a', props: 'x'.repeat(1_025) }],
      ['name', { accid: 'a', name: 'NUL \0' }],
    ];
    for (const [field, fields] of wrong) {
      const { code, desc } = await manage(server.url, 'user/create', fields);
      assert.equal(code, 414, field);
      assert.match(desc!, new RegExp(`^${field} `), field);
    }
    assert.equal((await manage(server.url, 'user/create', { accid: 'a' })).code, 200, 'none of them made it');
  });
});

describe('user/update.action', () => {
  it('sets a chosen token; the former is revoked', async (t) => {
    const server = await ChatServer.start(t);
    const { info } = await manage(server.url, 'user/create', { accid: 'alice' });
    assert.deepEqual(await manage(server.url, 'user/update', { accid: 'Alice', token: 'chosen', props: 'p' }), {
      code: 200,
    });
    assert.equal(await login(server, 'alice', 'chosen'), 'welcome');
    assert.equal(await login(server, 'alice', info!.token!), 4405);
    assert.deepEqual(await manage(server.url, 'user/update', { accid: 'alice', props: 'q' }), { code: 200 });
    assert.equal(await login(server, 'alice', 'chosen'), 'welcome');
    assert.equal((await manage(server.url, 'user/update', { accid: 'alice', token: 'chosen' })).code, 200);
    assert.equal(await login(server, 'alice', 'chosen'), 'welcome');
  });

  it('knows only accounts that are there', async (t) => {
    const server = await ChatServer.start(t);
    for (const fields of [{ token: 'x' }, { props: 'x' }])
      assert.deepEqual(await manage(server.url, 'user/update', { accid: 'nobody', ...fields }), {
        code: 414,
        desc: 'nobody is not registered',
      });
    assert.equal((await manage(server.url, 'user/update', { token: 'x' })).code, 414);
  });
});

describe('user/refreshToken.action', () => {
  it('makes a new token; the former opens nothing any more, and an open connection stays', async (t) => {
    const server = await ChatServer.start(t);
    const first = (await manage(server.url, 'user/create', { accid: 'alice' })).info!.token!;
    const open = await server.open();
    await open.greet({ account: 'alice', token: first });
    const { code, info } = await manage(server.url, 'user/refreshToken', { accid: 'ALICE' });
    assert.deepEqual([code, info?.accid, Object.keys(info!).sort()], [200, 'alice', ['accid', 'token']]);
    assert.notEqual(info!.token, first);
    assert.equal(await login(server, 'alice', info!.token!), 'welcome');
    assert.equal(await login(server, 'alice', first), 4405);
    assert.deepEqual(await open.rest('bye'), [], 'a token is checked when a connection is made');
    open.send({ t: 'refresh', token: info!.token! });
    await open.expect('refreshed');
    assert.equal((await manage(server.url, 'user/refreshToken', { accid: 'nobody' })).code, 414);
  });
});

describe('the signature of a management call', () => {
  const accid = { accid: 'nobody' };
  const seconds = (offset: number): string => String(Math.floor(Date.now() / 1000) + offset);

  it('is checked in every part', async (t) => {
    const server = await ChatServer.start(t);
    const good = signed();
    const wrong: [string, Record<string, string>][] = [
      ['no headers', {}],
      ['another key', { ...signed(), AppKey: 'other' }],
      ['another secret', signed({}, { ...testApp, secret: 'other' })],
      ['upper case', { ...good, CheckSum: good['CheckSum']!.toUpperCase() }],
      ['cut short', { ...good, CheckSum: good['CheckSum']!.slice(1) }],
      ['not ASCII', { ...good, CheckSum: 'é'.repeat(40) }],
      ['another nonce', { ...good, Nonce: 'other' }],
      ['a nonce that is too long', signed({ nonce: 'n'.repeat(129) })],
      ['too old', signed({ curTime: seconds(-302) })],
      ['too new', signed({ curTime: seconds(302) })],
      ['milliseconds', signed({ curTime: String(Date.now()) })],
      ['not a number', signed({ curTime: 'now' })],
      ['a leading zero', signed({ curTime: `0${seconds(0)}` })],
      ...['AppKey', 'Nonce', 'CurTime', 'CheckSum'].map((name): [string, Record<string, string>] => [
        `no ${name}`,
        Object.fromEntries(Object.entries(signed()).filter(([key]) => key !== name)),
      ]),
    ];
    for (const [name, headers] of wrong) {
      const { code, desc } = await manage(server.url, 'user/create', accid, headers);
      assert.equal(code, 414, name);
      assert.notEqual(desc, '', name);
    }
    for (const offset of [-298, 298])
      assert.equal(
        (await manage(server.url, 'user/refreshToken', accid, signed({ curTime: seconds(offset) }))).desc,
        'nobody is not registered',
      );
    assert.equal((await manage(server.url, 'user/create', accid, signed({ nonce: 'n'.repeat(128) }))).code, 200);
  });

  it('counts once', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock });
    const headers = signed();
    assert.equal((await manage(server.url, 'user/create', accid, headers)).code, 200);
    assert.equal((await manage(server.url, 'user/refreshToken', accid, headers)).code, 431);
    assert.equal((await manage(server.url, 'user/refreshToken', accid)).code, 200);
    clock.advance(290_000);
    assert.equal(
      (await manage(server.url, 'user/refreshToken', accid, headers)).code,
      431,
      'as long as it would be good',
    );
    // It was signed by the real clock, a while after this one began.
    clock.advance(60_000);
    assert.equal((await manage(server.url, 'user/refreshToken', accid, headers)).code, 414, 'and then it is too old');
  });
});

describe('a management call', () => {
  it('of no known action is a 404 in the body', async (t) => {
    const server = await ChatServer.start(t);
    for (const action of ['user/nothing', 'nothing/create', '__proto__/constructor', 'user'])
      assert.equal((await manage(server.url, action, { accid: 'a' })).code, 404, action);
  });

  it('that cannot be read is a 414 in the body, and HTTP says 200', async (t) => {
    const server = await ChatServer.start(t);
    const post = async (body: string, type: string): Promise<number> => {
      const headers = { ...signed(), 'content-type': type };
      const response = await fetch(`${server.url}/nimserver/user/create.action`, { method: 'POST', headers, body });
      assert.equal(response.status, 200);
      return ((await response.json()) as { code: number }).code;
    };
    const form = 'application/x-www-form-urlencoded;charset=utf-8';
    assert.equal(await post('accid=a&accid=b', form), 414);
    assert.equal(await post(`accid=a&ex=${'x'.repeat(70_000)}`, form), 414);
    assert.equal(await post('accid=a', 'text/csv'), 414);
    assert.equal(await post('{"accid":', 'application/json'), 414);
    assert.equal(await post('accid=%E0%A4%A', form), 414);
    assert.equal(await post('accid=good', form), 200);
  });

  async function burst(t: TestContext) {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock, tuning: { managementPerSecond: 5 } });
    const call = async (action: string) => (await manage(server.url, action, { accid: 'nobody' })).code;
    const codes = [];
    for (let i = 0; i < 7; i++) codes.push(await call('user/refreshToken'));
    return { clock, codes, call };
  }

  it('too many in a second block that action for ten', async (t) => {
    const { clock, codes, call } = await burst(t);
    assert.deepEqual(codes, [414, 414, 414, 414, 414, 416, 416]);
    assert.equal(await call('user/create'), 200, 'the others go on');
    clock.advance(9_000);
    assert.equal(await call('user/refreshToken'), 416);
    clock.advance(1_001);
    assert.equal(await call('user/refreshToken'), 200);
  });

  it('finds no secret of the insides in an answer', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    storage.createAccount = () => Promise.reject(new Error('secret insides'));
    assert.deepEqual(await manage(server.url, 'user/create', { accid: 'a' }), {
      code: 500,
      desc: 'the server failed at this',
    });
  });
});
