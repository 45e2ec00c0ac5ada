-- Raised by every change, whose writer holds this row from its beginning: versions become visible in their order.
create table governance (
  id         integer not null primary key,
  version    bigint  not null
) ${table_options};

insert into governance (id, version) values (1, 0);

create table keys (
  id         text    not null primary key, -- 12 characters
  name       text    not null,
  team       text,
  owner      text,
  rules      text    not null, -- rights, priority, limits, metadata: JSON, as the API takes it
  hash       text    not null, -- SHA-256 of the key
  old_hash   text,             -- of the key before, which works until old_until
  old_until  bigint,
  created_at bigint  not null, -- milliseconds since 1970
  expires_at bigint,
  is_off     integer not null,
  revoked_at bigint,
  cut        integer not null, -- whether its running requests ended with it
  version    bigint  not null
) ${table_options};

create unique index keys_hash on keys (hash);
create index keys_old_hash on keys (old_hash);
create index keys_version on keys (version);
create index keys_name on keys (name);
create index keys_team on keys (team);

create table teams (
  name       text    not null primary key,
  rules      text    not null,
  created_at bigint  not null,
  removed_at bigint,           -- the row stays, so that other processes see it
  version    bigint  not null
) ${table_options};

create index teams_version on teams (version);

alter table credits add column version bigint not null default 0;

create index credits_version on credits (version);

-- Who changed what, and who tried.
create table audit (
  id         bigint  not null primary key,
  at         bigint  not null,
  token      text,
  address    text    not null,
  action     text    not null,
  object     text    not null,
  before     text,             -- JSON, without a secret or its hash
  after      text,
  result     text    not null
) ${table_options};

create index audit_at on audit (at);
