-- A request that its only attempt answered is one row: these three columns are what the attempt adds. They are null
-- where the attempts have rows of their own, as those have that failed, were cancelled, probed, or were several.
alter table requests add column only_start_us bigint;       -- from the request's start
alter table requests add column only_latency_us bigint;
alter table requests add column only_first_token_us bigint;

alter table attempts rename to attempt_rows;

-- Every attempt of every request.
create view attempts as
select * from attempt_rows
union all
select request_id, 1, provider, answered_model, only_start_us, only_latency_us,
  only_first_token_us, 'success', cast(null as text), cast(null as text), 200,
  cast(null as bigint), 0, input_tokens, cached_input_tokens, output_tokens, cost_picodollars
from requests
where only_latency_us is not null;
