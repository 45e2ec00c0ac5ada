-- Every request, its attempts and steps. A request_id begins with its time, so that its order is that of time.
create table requests (
  request_id          text     not null primary key,
  client_request_id   text,
  client_id           text,
  trace_id            text,
  started_at          bigint   not null, -- milliseconds since 1970
  latency_us          bigint   not null,
  first_token_us      bigint,
  stream              smallint not null default 0,
  outcome             text     not null default 'success', -- success, failed, invalid, cancelled
  code                text,
  param               text,
  model               text,              -- the one asked for
  provider            text,              -- who answered
  answered_model      text,
  attempts            integer  not null default 1,
  input_tokens        bigint   not null,
  cached_input_tokens bigint   not null,
  output_tokens       bigint   not null,
  cost_picodollars    bigint,            -- 10^-12 US dollars; null while no price is known
  -- Of the only attempt, where it answered: then this row says all of it. Null where it has a row.
  only_start_us       bigint,            -- from the request's start
  only_latency_us     bigint,
  only_first_token_us bigint
) ${table_options};

-- What an operator looks for is rare: it is found without reading what went well.
create index requests_not_well on requests (outcome, request_id) where outcome <> 'success';

-- The attempts that a request's own row does not tell: failed, cancelled, probing, one of several.
create table attempt_rows (
  request_id          text     not null,
  attempt_number      integer  not null,
  provider            text     not null,
  model               text     not null,
  start_us            bigint   not null, -- from the request's start
  latency_us          bigint   not null,
  first_token_us      bigint,
  status              text     not null, -- success, failed, cancelled
  error_type          text,
  error_message       text,
  http_status         integer,
  retry_after_ms      bigint,
  probe               smallint not null,
  input_tokens        bigint   not null,
  cached_input_tokens bigint   not null,
  output_tokens       bigint   not null,
  cost_picodollars    bigint,
  primary key (request_id, attempt_number)
) ${table_options};

-- Every attempt of every request.
create view attempts as
select * from attempt_rows
union all
select request_id, 1, provider, answered_model, only_start_us, only_latency_us,
  only_first_token_us, 'success', cast(null as text), cast(null as text), 200,
  cast(null as bigint), 0, input_tokens, cached_input_tokens, output_tokens, cost_picodollars
from requests
where only_latency_us is not null;

create table steps (
  request_id          text     not null,
  position            integer  not null,
  at_us               bigint   not null, -- from the request's start
  kind                text     not null, -- wait, moved, refused, skipped, continued
  provider            text     not null,
  model               text     not null,
  from_provider       text,
  from_model          text,
  wait_us             bigint,
  reason              text,
  primary key (request_id, position)
) ${table_options};

create table contents (
  request_id          text     not null primary key,
  request             ${bytes} not null,
  answer              ${bytes} not null,
  cut                 smallint not null
);

create table breaker_changes (
  at                  bigint   not null, -- milliseconds since 1970
  breaker             text     not null,
  from_state          text     not null,
  to_state            text     not null,
  why                 text     not null
);

create index breaker_changes_at on breaker_changes (at);
