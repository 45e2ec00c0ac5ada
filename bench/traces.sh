#!/usr/bin/env bash
# traces.sh: everything on and traces exported too, of every request and of one in a hundred, against
# all of it off.
. "$(dirname "$0")/common.sh"

all_port=$((BENCH_PORT + 6)) few_port=$((BENCH_PORT + 8))
start_upstreams
start_gateway off "$off_port" 'log_level: error' none
off=$started
export OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$upstream_port"
start_gateway all "$all_port" 'log_level: info' "sqlite:$folder/all.db"
all=$started
export OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0.01
start_gateway few "$few_port" 'log_level: info' "sqlite:$folder/few.db"
few=$started
warm_up "$off" "$off_port"
warm_up "$all" "$all_port"
warm_up "$few" "$few_port"

for ((round = 0; round < ROUNDS; round++)); do
  note off "$(load "$off" "$off_port" 32 6)"
  note all "$(load "$all" "$all_port" 32 6)"
  note few "$(load "$few" "$few_port" 32 6)"
done
result 'CPU per request, all on, every request traced, to all off' "$(ratio all 1 off 1)" x
result 'CPU per request, all on, 1 % traced, to all off' "$(ratio few 1 off 1)" x '<= 1.2'
