#!/usr/bin/env bash
# test.sh: the systemd unit and the Helm chart, checked by the programs that will read them. The chart is
# rendered with every switch, and each object is compared with Kubernetes' own schema.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/checks.sh

unit=deploy/systemd/langdock-gateway.service
chart=deploy/helm/langdock-gateway
tools=$PWD/target/deploy-tools
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Whether systemd reads the unit without a word, where the program is that it starts.
reads_unit() {
  sed "s:/opt/langdock-gateway/bin/gateway:$(command -v true):" "$unit" >"$folder/langdock-gateway.service"
  why=$(systemd-analyze verify --man=no "$folder/langdock-gateway.service" 2>&1)
  [ -z "$why" ]
}

# Whether systemd finds little that the unit may do (10 is everything).
is_confined() {
  why=$(systemd-analyze security --offline=true --threshold=20 "$unit" 2>&1 | tail -n 1) || return 1
}

install_tools() {
  [ -x "$tools/bin/helm" ] && cmp -s deploy/requirements.txt "$tools/installed" && return
  rm -rf "$tools"
  python3 -m venv "$tools" &&
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r deploy/requirements.txt &&
    cp deploy/requirements.txt "$tools/installed"
}

is_linted() {
  why=$("$tools/bin/helm" lint --strict "$chart" 2>&1)
}

# renders KINDS [--set NAME=VALUE]...: whether the chart gives exactly objects of these kinds, and
# Kubernetes would accept each.
renders() {
  local kinds=$1
  shift
  why=$("$tools/bin/helm" template gateway "$chart" "$@" 2>&1 >"$folder/objects.yaml") || return 1
  why=$("$tools/bin/python" deploy/validate.py "$kinds" "$folder/objects.yaml" 2>&1)
}

# Whether the gateway accepts the configuration that the chart gives it.
gives_a_configuration() {
  local key='sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  "$tools/bin/helm" template gateway "$chart" --show-only templates/configmap.yaml \
    --set-json "config.client_keys.keys=[{\"name\":\"search\",\"hash\":\"$key\"}]" \
    --set-json "config.management.tokens=[{\"name\":\"ops\",\"role\":\"read\",\"hash\":\"${key/e3/e4}\"}]" \
    --set-json 'config.providers=[{"name":"openai","api_key":"${K}","models":["gpt-4"]}]' \
    --set config.providers[0].base_url=https://api.openai.com >"$folder/map.yaml" 2>&1 &&
    "$tools/bin/python" -c 'import sys, yaml
print(yaml.safe_load(sys.stdin)["data"]["config.yaml"])' <"$folder/map.yaml" >"$folder/config.yaml"
  why=$(K=k bin/gateway check "$folder/config.yaml" 2>&1)
}

refuses() {
  why="it was rendered: $*"
  ! "$tools/bin/helm" template gateway "$chart" "$@" >/dev/null 2>"$folder/errors" || return 1
  why=$(cat "$folder/errors")
  [[ $why == *"autoscaling needs"* ]]
}

if command -v systemd-analyze >/dev/null; then
  check "systemd reads the unit" reads_unit
  check "systemd finds the unit confined" is_confined
else
  skip "systemd reads the unit" "there is no systemd-analyze"
  skip "systemd finds the unit confined" "there is no systemd-analyze"
fi

base=ConfigMap,Service,Service,ServiceAccount
why='Python cannot install the tools'
if install_tools >/dev/null 2>&1; then
  check "the chart is linted" is_linted
  check "the chart renders as it is" renders "$base,Deployment,PodDisruptionBudget"
  check "the chart renders with volumes" renders "$base,PodDisruptionBudget,StatefulSet" \
    --set persistence.enabled=true,persistence.storageClass=fast
  check "the chart renders with an autoscaler" \
    renders "$base,Deployment,HorizontalPodAutoscaler,PodDisruptionBudget" \
    --set autoscaling.enabled=true,autoscaling.requestsInFlight=200
  check "the chart refuses an autoscaler without a measure" refuses \
    --set autoscaling.enabled=true,autoscaling.cpuUtilization=0
  check "the chart renders with a network policy" \
    renders "$base,Deployment,NetworkPolicy,PodDisruptionBudget" --set networkPolicy.enabled=true \
    --set-json 'networkPolicy.clients=[{"namespaceSelector":{"matchLabels":{"team":"search"}}}]'
  check "the chart renders with a service monitor" \
    renders "$base,Deployment,PodDisruptionBudget,ServiceMonitor" \
    --set serviceMonitor.enabled=true,serviceMonitor.labels.release=prometheus
  check "the chart renders without what may be left out" renders "Deployment,Service,Service" \
    --set podDisruptionBudget.enabled=false,serviceAccount.create=false,existingConfigMap=ours
  check "the chart renders with all that a pod may have" \
    renders "$base,Deployment,PodDisruptionBudget" --set 'secrets={llm-provider-keys}' \
    --set-json 'imagePullSecrets=[{"name":"registry"}]' --set podAnnotations.a=b \
    --set nodeSelector.disk=ssd --set-json 'tolerations=[{"operator":"Exists"}]' \
    --set-json 'affinity={"nodeAffinity":{}}' --set serviceAccount.annotations.a=b \
    --set-json 'topologySpreadConstraints=[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"}]' \
    --set-json 'extraVolumes=[{"name":"tls","secret":{"secretName":"tls"}}]' \
    --set-json 'extraVolumeMounts=[{"name":"tls","mountPath":"/tls","readOnly":true}]'
  check "the gateway accepts the chart's configuration" gives_a_configuration
else
  skip "the chart" "$why"
fi
report
