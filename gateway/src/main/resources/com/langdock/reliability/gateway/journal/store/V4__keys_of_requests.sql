-- Whose request it was, where clients have keys.
alter table requests add column key_id text;
alter table requests add column team text;
alter table requests add column metadata text; -- of the key: a JSON object of texts
