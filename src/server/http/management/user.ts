import { hashToken, makeOpaqueToken } from '../../auth/opaque.js';
import type { Accounts } from '../../chat/accounts.js';
import { AccountExistsError } from '../../storage/storage.js';
import type { Action } from './actions.js';
import { badParameter } from './management-error.js';
import type { Parameters } from './parameters.js';

const longestToken = 128;

/** Fields that are kept for the back end that sent them, with their longest lengths. */
const extraFields = [
  ['sign', 256],
  ['email', 64],
  ['birth', 16],
  ['mobile', 32],
  ['ex', 1_024],
  ['props', 1_024],
] as const;

/** `user/….action`. */
export function userActions(accounts: Accounts): ReadonlyMap<string, Action> {
  return new Map<string, Action>([
    ['user/create.action', (call) => create(accounts, call)],
    ['user/update.action', (call) => update(accounts, call)],
    ['user/refreshToken.action', (call) => refreshToken(accounts, call)],
    ['user/block.action', (call) => block(accounts, call)],
    ['user/unblock.action', (call) => unblock(accounts, call)],
  ]);
}

async function create(accounts: Accounts, call: Parameters): Promise<object> {
  const accid = call.account('accid');
  const name = call.text('name', 64) ?? '';
  const icon = call.text('icon', 1_024) ?? '';
  const token = call.text('token', longestToken) || makeOpaqueToken();
  const extra = JSON.stringify(extraOf(call));
  try {
    await accounts.create({ account: accid, name, icon, tokenHash: hashToken(token), extra });
  } catch (error) {
    if (error instanceof AccountExistsError) throw badParameter('already register');
    throw error;
  }
  return { info: { token, accid, name } };
}

async function update(accounts: Accounts, call: Parameters): Promise<object> {
  const accid = call.account('accid');
  const token = call.text('token', longestToken);
  const props = call.text('props', 1_024);
  const fields = props === undefined ? {} : { props };
  // A token of the caller's choice takes the former one's place also where that one is in use.
  const known = token
    ? await accounts.setToken(accid, token, { fields, revoke: true })
    : await accounts.setFields(accid, fields);
  if (!known) throw notRegistered(accid);
  return {};
}

/** A new token for the next sign-in; who is connected stays connected. */
async function refreshToken(accounts: Accounts, call: Parameters): Promise<object> {
  const accid = call.account('accid');
  const token = makeOpaqueToken();
  if (!(await accounts.setToken(accid, token))) throw notRegistered(accid);
  return { info: { token, accid } };
}

async function block(accounts: Accounts, call: Parameters): Promise<object> {
  const accid = call.account('accid');
  const kick = call.choice('needkick', ['true', 'false']) === 'true';
  if (!(await accounts.setDisabled(accid, true, kick))) throw notRegistered(accid);
  return {};
}

async function unblock(accounts: Accounts, call: Parameters): Promise<object> {
  const accid = call.account('accid');
  if (!(await accounts.setDisabled(accid, false))) throw notRegistered(accid);
  return {};
}

function extraOf(call: Parameters): Record<string, string> {
  const gender = call.choice('gender', ['0', '1', '2']);
  const extra = new Map(gender === undefined ? [] : [['gender', gender]]);
  for (const [name, max] of extraFields) {
    const value = call.text(name, max);
    if (value) extra.set(name, value);
  }
  return Object.fromEntries(extra);
}

function notRegistered(accid: string): Error {
  return badParameter(`${accid} is not registered`);
}
