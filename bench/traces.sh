#!/usr/bin/env bash
# traces.sh: everything on and traces exported too, of every request and of one in a hundred, against
# all of it off.
. "$(dirname "$0")/common.sh"

all_port=$((BENCH_PORT + 6)) few_port=$((BENCH_PORT + 8))
start_upstreams
start_off
off=$started
export OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$upstream_port"
start_on all "$all_port"
all=$started
export OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0.01
start_on few "$few_port"
few=$started
warm_up "$off" "$off_port"
warm_up "$all" "$all_port"
warm_up "$few" "$few_port"

rounds 32 off all few
result 'CPU per request, all on, every request traced, to all off' "$(ratio all 1 off 1)" x
result 'CPU per request, all on, 1 % traced, to all off' "$(ratio few 1 off 1)" x '<= 1.2'
