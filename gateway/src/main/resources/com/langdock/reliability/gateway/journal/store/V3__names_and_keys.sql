-- Which names occur in the requests of which minute. A search for a rare provider, model, client or error reads only
-- those minutes; an index for each of them would double what a request takes.
create table names_seen (
  kind                text     not null, -- client, error, model, provider
  name                text     not null,
  minute              bigint   not null, -- since 1970, of the requests' ids
  primary key (kind, name, minute)
) ${table_options};

insert into names_seen
select distinct 'client', client_id, started_at / 60000 from requests where client_id is not null
union
select distinct 'error', code, started_at / 60000 from requests where code is not null
union
select distinct 'model', model, started_at / 60000 from requests where model is not null
union
select distinct 'provider', provider, started_at / 60000 from requests where provider is not null
union
select distinct 'error', a.error_type, r.started_at / 60000
from attempt_rows a join requests r on r.request_id = a.request_id where a.error_type is not null
union
select distinct 'provider', a.provider, r.started_at / 60000
from attempt_rows a join requests r on r.request_id = a.request_id;

-- A change that is written again stays one row.
create table breaker_changes_once (
  at                  bigint   not null, -- milliseconds since 1970
  breaker             text     not null,
  from_state          text     not null,
  to_state            text     not null,
  why                 text     not null,
  primary key (at, breaker, from_state, to_state)
) ${table_options};

insert into breaker_changes_once (at, breaker, from_state, to_state, why)
select at, breaker, from_state, to_state, min(why)
from breaker_changes
group by at, breaker, from_state, to_state;

drop table breaker_changes;

alter table breaker_changes_once rename to breaker_changes;
