/** Groups, their members' part of `im_member`, and notices. */
export const groupTables: readonly string[] = [
  `CREATE TABLE im_group (
    conversation {int} NOT NULL PRIMARY KEY REFERENCES im_conversation (id),
    id text NOT NULL UNIQUE,
    form text NOT NULL,
    name text NOT NULL,
    avatar text NOT NULL,
    intro text NOT NULL,
    announcement text NOT NULL,
    join_mode text NOT NULL,
    invite_mode text NOT NULL,
    muted_all {int} NOT NULL,
    dismissed {int} NOT NULL,
    member_limit {int} NOT NULL,
    create_time {int} NOT NULL,
    version {int} NOT NULL
  ){end}`,
  // role: 0 member, 1 admin, 2 owner. since: what the member may read lies above this seq. quiet: muted and not even told of mentions.
  `ALTER TABLE im_member ADD COLUMN role {int} NOT NULL DEFAULT 0`,
  `ALTER TABLE im_member ADD COLUMN since {int} NOT NULL DEFAULT 0`,
  `ALTER TABLE im_member ADD COLUMN join_time {int} NOT NULL DEFAULT 0`,
  `ALTER TABLE im_member ADD COLUMN nickname text NOT NULL DEFAULT ''`,
  `ALTER TABLE im_member ADD COLUMN quiet {int} NOT NULL DEFAULT 0`,
  // Apart from the members: it holds for whoever leaves and comes back.
  `CREATE TABLE im_group_mute (
    conversation {int} NOT NULL,
    account {int} NOT NULL,
    until {int} NOT NULL,
    PRIMARY KEY (conversation, account)
  ){end}`,
  // account 0: everybody. Written per mention, not per member.
  `CREATE TABLE im_mention (
    conversation {int} NOT NULL,
    account {int} NOT NULL,
    seq {int} NOT NULL,
    PRIMARY KEY (conversation, account, seq)
  ){end}`,
  `CREATE TABLE im_group_request (
    conversation {int} NOT NULL,
    account {int} NOT NULL,
    kind text NOT NULL,
    invited_by text NOT NULL,
    state text NOT NULL,
    answered_by text NOT NULL,
    msg_id text NOT NULL,
    PRIMARY KEY (conversation, account, kind)
  ){end}`,
  `CREATE INDEX im_group_request_msg ON im_group_request (msg_id)`,
  // num: the account's u when it was written; u: the one of its last change.
  `CREATE TABLE im_notice (
    account {int} NOT NULL,
    num {int} NOT NULL,
    u {int} NOT NULL,
    msg_id text NOT NULL,
    time {int} NOT NULL,
    type text NOT NULL,
    sender text NOT NULL,
    target text NOT NULL,
    scene text NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    custom text NOT NULL,
    state text NOT NULL,
    answered_by text NOT NULL,
    PRIMARY KEY (account, num)
  ){end}`,
  `CREATE INDEX im_notice_msg ON im_notice (msg_id)`,
  `ALTER TABLE im_account ADD COLUMN notices_read {int} NOT NULL DEFAULT 0`,
  `ALTER TABLE im_account ADD COLUMN notices_u {int} NOT NULL DEFAULT 0`,
];
