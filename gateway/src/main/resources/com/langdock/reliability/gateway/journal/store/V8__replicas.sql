-- One process each: which configuration it uses, and whether it ended by itself. Of those that were killed only
-- seen_at tells.
alter table replicas add column started_at bigint not null default 0;
alter table replicas add column ended smallint not null default 0;
alter table replicas add column software text not null default '';
alter table replicas add column config_sha256 text not null default '';
alter table replicas add column config_version bigint not null default 0;

-- What a process may use of a limit that others share; ceiling is that of money.
alter table usage add column ceiling_requests bigint;
alter table usage add column ceiling_tokens bigint;

-- Past periods are removed, and rows of processes that ended are added up.
create index usage_of_period on usage (period);
create index usage_of_replica on usage (replica);
create index usage_days_of_replica on usage_days (replica);
