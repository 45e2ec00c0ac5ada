-- What was used, as the total so far of each process in each period: written over, never added to.
create table usage (
  subject       text     not null, -- such as key:search, team:search, model:gpt-4o, all
  period        text     not null, -- 2026-11-23, 2026-11, or total
  replica       text     not null, -- one process, from its start to its end
  requests      bigint   not null,
  input         bigint   not null,
  cached_input  bigint   not null,
  output        bigint   not null,
  spent         bigint   not null, -- 10^-9 US dollars
  alerted       integer  not null, -- the highest part of the budget that was reported, in thousandths
  full_requests bigint   not null, -- when the bucket is full again, in milliseconds since 1970
  full_tokens   bigint   not null,
  ceiling       bigint,            -- of spent, where several processes share a budget
  alive_until   bigint,
  primary key (subject, period, replica)
) ${table_options};

-- The same for reports.
create table usage_days (
  day            text   not null,
  replica        text   not null,
  key_id         text   not null,
  team           text   not null,
  model          text   not null, -- the one asked for
  answered_model text   not null,
  provider       text   not null,
  client_id      text   not null,
  tags           text   not null, -- of the key: a JSON object of texts
  requests       bigint not null,
  input          bigint not null,
  cached_input   bigint not null,
  output         bigint not null,
  spent          bigint not null,
  primary key (day, replica, key_id, team, model, answered_model, provider, client_id, tags)
) ${table_options};

-- What an operator added to the budget of one period.
create table credits (
  id          text   not null primary key,
  subject     text   not null,
  period      text   not null,
  nanodollars bigint not null,
  reason      text   not null,
  at          bigint not null,
  by_token    text   not null
) ${table_options};

create index credits_of_period on credits (period, subject);

create table replicas (
  id           text   not null primary key,
  host         text   not null,
  seen_version bigint not null,
  seen_at      bigint not null
) ${table_options};
