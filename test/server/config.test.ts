import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '../../src/server/config-error.js';
import { readConfig } from '../../src/server/config.js';

const app = { IM_APP_KEY: 'key', IM_APP_SECRET: 'a-secret-of-the-tests-only' };

/** What is said of an environment that is refused. */
function said(env: Record<string, string>, demo = false): string {
  try {
    readConfig(env, demo);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return assert.fail(`${JSON.stringify(env)} was accepted`);
}

describe('the configuration', () => {
  it('says where files are kept, and how large one may be', () => {
    const files = (value: string) => readConfig({ ...app, IM_FILES: value }, false).files;
    assert.equal(readConfig(app, false).files, undefined, 'files in DATA_DIR');
    assert.deepEqual(files('/srv/files'), { directory: '/srv/files' });
    assert.deepEqual(files('s3://bucket'), { s3: { bucket: 'bucket' } });
    assert.deepEqual(files('s3://my.bucket?endpoint=https://s3.example.com:9000&region=eu-1'), {
      s3: { bucket: 'my.bucket', endpoint: 'https://s3.example.com:9000', region: 'eu-1' },
    });
    for (const wrong of [
      's3://',
      's3://b',
      's3://bucket/path',
      's3://bucket?endpoint=x',
      's3://bucket?key=x',
      'gs://bucket',
    ])
      assert.match(said({ ...app, IM_FILES: wrong }), /^IM_FILES is .*: it may hold a directory, or s3:/, wrong);
    assert.equal(readConfig({ ...app, IM_MAX_FILE_BYTES: '1000' }, false).maxFileBytes, 1_000);
    for (const wrong of ['0', '-1', '1e9', 'much'])
      assert.match(
        said({ ...app, IM_MAX_FILE_BYTES: wrong }),
        /^IM_MAX_FILE_BYTES is .*: it may hold a number of bytes/,
      );
  });

  it('can switch off what people are told of each other, and say how long a message may be changed', () => {
    const features = (env: Record<string, string>) => readConfig({ ...app, ...env }, false).features;
    assert.deepEqual(features({ IM_FEATURES_OFF: 'typing, receipts', IM_RECALL_SECONDS: '0', IM_EDIT_SECONDS: '60' }), {
      typing: false,
      receipts: false,
      recallMs: 0,
      editMs: 60_000,
    });
    for (const [name, value] of [
      ['IM_FEATURES_OFF', 'typing,reactions'],
      ['IM_RECALL_SECONDS', '-1'],
      ['IM_EDIT_SECONDS', '1h'],
    ] as const)
      assert.throws(
        () => features({ [name]: value }),
        (error: Error) => error.message.includes(name),
      );
  });

  it('has a default for everything but the secret', () => {
    const { proxies, ...rest } = readConfig(app, false);
    assert.equal(proxies.trusts('127.0.0.1'), false);
    assert.deepEqual(rest, {
      demo: false,
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      app: { key: app.IM_APP_KEY, secret: app.IM_APP_SECRET },
      origins: 'same',
      logLevel: 'info',
      features: {},
    });
    assert.equal(readConfig({}, true).app, undefined, 'which a demo makes up');
  });

  it('reads every variable', () => {
    const config = readConfig(
      {
        ...app,
        PORT: '0',
        HOST: '0.0.0.0',
        DATA_DIR: '/srv/chat',
        DATABASE_URL: 'postgres://user:pass@db:5432/chat',
        IM_TOKEN_JWKS: 'https://id.example/keys',
        IM_ORIGINS: 'https://a.example, http://localhost:3000',
        IM_TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16, ::1, fd00::/8',
        METRICS_PORT: '9090',
        LOG_LEVEL: 'debug',
      },
      false,
    );
    assert.deepEqual(config.origins, new Set(['https://a.example', 'http://localhost:3000']));
    for (const [address, trusted] of [
      ['10.0.0.1', true],
      ['10.0.0.2', false],
      ['192.168.7.7', true],
      ['::1', true],
      ['fd12::1', true],
      ['fe80::1', false],
      ['', false],
    ] as const)
      assert.equal(config.proxies.trusts(address), trusted, address);
    assert.deepEqual(
      [config.port, config.host, config.dataDir, config.databaseUrl, config.jwks, config.metricsPort, config.logLevel],
      [0, '0.0.0.0', '/srv/chat', 'postgres://user:pass@db:5432/chat', 'https://id.example/keys', 9090, 'debug'],
    );
    assert.equal(readConfig({ IM_ORIGINS: '*' }, true).origins, 'any');
  });

  it('refuses a wrong value and names the variable, what it holds and what it may hold', () => {
    const wrong: [string, string, RegExp][] = [
      ['PORT', 'eighty', /0 to 65535/],
      ['PORT', '70000', /0 to 65535/],
      ['PORT', '80.5', /0 to 65535/],
      ['METRICS_PORT', '-1', /0 to 65535/],
      ['LOG_LEVEL', 'loud', /debug, info/],
      ['LOG_LEVEL', '__proto__', /debug, info/],
      ['IM_ORIGINS', '*', /--demo/],
      ['IM_ORIGINS', 'https://a.example/', /exact origins/],
      ['IM_ORIGINS', 'https://a.example/chat', /exact origins/],
      ['IM_ORIGINS', 'https://*.example', /exact origins/],
      ['IM_ORIGINS', 'https://a.example,b.example', /exact origins/],
      ['IM_ORIGINS', 'null', /exact origins/],
      ['IM_TRUSTED_PROXIES', '10.0.0.0/99', /addresses or networks/],
      ['IM_TRUSTED_PROXIES', 'proxy.example', /addresses or networks/],
      ['IM_TOKEN_JWKS', '/nowhere/keys.json', /file that exists/],
    ];
    for (const [name, value, allowed] of wrong) {
      const message = said({ ...app, [name]: value });
      assert.ok(message.startsWith(`${name} is ${JSON.stringify(value)}: it may hold `), message);
      assert.match(message, allowed);
    }
    assert.match(said({ IM_ORIGINS: '*,https://a.example' }, true), /IM_ORIGINS/);
  });

  it('demands the secret, whole and long enough, and does not repeat it', () => {
    assert.match(said({}), /^IM_APP_KEY is not set: it may hold .*serve --demo/);
    assert.match(said({ IM_APP_KEY: 'key' }), /^IM_APP_SECRET is not set/);
    assert.match(said({ IM_APP_SECRET: app.IM_APP_SECRET }), /^IM_APP_KEY is not set/);
    assert.match(said({ IM_APP_KEY: 'key' }, true), /^IM_APP_SECRET is not set/);
    const short = said({ IM_APP_KEY: 'key', IM_APP_SECRET: 'hunter2' });
    assert.match(short, /^IM_APP_SECRET is 7 characters long/);
    const elsewhere = said({ ...app, DATABASE_URL: 'mysql://root:hunter2@db/x' });
    assert.match(elsewhere, /^DATABASE_URL is not a URL of PostgreSQL/);
    for (const message of [short, elsewhere]) assert.ok(!message.includes('hunter2'));
  });

  it('refuses a variable that this version would ignore', () => {
    for (const name of ['NATS_URL', 'IM_VAPID_KEYS', 'IM_WEBHOOK_URL'])
      assert.match(said({ ...app, [name]: 'something' }), new RegExp(`^${name} is set, but .* unset it`));
    assert.match(said({ ...app, IM_ORIGIN: 'https://a.example' }), /^IM_ORIGIN is set, but .* it knows .*IM_ORIGINS/);
  });
});
