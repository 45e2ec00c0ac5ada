-- Every request, its attempts and steps. A request_id begins with its time, so that its order is that of time.
create table requests (
  request_id          text     not null primary key,
  client_request_id   text,
  client_id           text,
  trace_id            text,
  started_at          bigint   not null, -- milliseconds since 1970
  latency_us          bigint   not null,
  first_token_us      bigint,
  stream              smallint not null,
  outcome             text     not null, -- success, failed, invalid, cancelled
  code                text,
  param               text,
  model               text,              -- the one asked for
  provider            text,              -- who answered
  answered_model      text,
  attempts            integer  not null,
  input_tokens        bigint   not null,
  cached_input_tokens bigint   not null,
  output_tokens       bigint   not null,
  cost_picodollars    bigint             -- 10^-12 US dollars; null while no price is known
) ${table_options};

-- What an operator looks for is rare: it is found without reading what went well.
create index requests_not_well on requests (outcome, request_id) where outcome <> 'success';

create table attempts (
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
