-- Each day of requests is a table of its own, so that old days are dropped and not removed row by row. The days are
-- those of UTC, by the time in request_id; the gateway creates them ahead. What lies in no day goes to ..._rest.
--
-- Rows from before stay where they are, in ..._before_ and the first day that has its own table.
drop view attempts;

do $days$
declare
  today date := (now() at time zone 'UTC')::date;
  tomorrow date := today + 1;
  bound text := 'req_' || (extract(epoch from tomorrow)::bigint * 1000);
  whole text;
  old text;
  used boolean;
begin
  foreach whole in array array['requests', 'attempt_rows', 'steps', 'contents'] loop
    old := whole || '_before_' || to_char(tomorrow, 'YYYYMMDD');
    execute format('alter table %I rename to %I', whole, old);
    execute format(
      'create table %I (like %I including defaults including indexes) partition by range (request_id)', whole, old);
    execute format('create table %I partition of %I default', whole || '_rest', whole);
    execute format('select exists (select 1 from %I)', old) into used;
    if used then
      execute format('insert into %I select * from %I where request_id >= %L', whole || '_rest', old, bound);
      execute format('delete from %I where request_id >= %L', old, bound);
      execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', whole, old, bound);
    else
      execute format('drop table %I', old);
    end if;
  end loop;
end
$days$;

create view attempts as
select * from attempt_rows
union all
select request_id, 1, provider, answered_model, only_start_us, only_latency_us,
  only_first_token_us, 'success', cast(null as text), cast(null as text), 200,
  cast(null as bigint), 0, input_tokens, cached_input_tokens, output_tokens, cost_picodollars
from requests
where only_latency_us is not null;
