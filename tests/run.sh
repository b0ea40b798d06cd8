#!/bin/sh
# Installs what the tests need, runs every test, and ends with one line: N passed, N failed, N skipped.
#   ./harness test                 everything
#   ./harness test Records Checks  only these projects
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

# A missing prerequisite is a skip that says what to install, and with CI=true a failure: the tests decide that, not this script.
as_root=
[ "$(id -u)" = 0 ] || as_root='sudo -n'

has_browser() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}

updated=
install() { # package, what for
  if command -v apt-get >/dev/null 2>&1 && $as_root true >/dev/null 2>&1; then
    echo "tests: installing $1 ($2) …"
    [ -n "$updated" ] || $as_root apt-get update -qq >/dev/null 2>&1 || true
    updated=yes
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$1" >/dev/null 2>&1 && return 0
  fi
  echo "tests: $1 is missing ($2); install it with: sudo apt-get install $1" >&2
}

has_postgres() {
  command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

install_what_is_missing() {
  command -v git >/dev/null 2>&1 || install git "a gate takes other revisions out with it"
  command -v redis-server >/dev/null 2>&1 || install redis-server "the local environment runs on it"
  has_postgres || install postgresql "the local environment runs on it"
  has_docker || command -v dockerd >/dev/null 2>&1 || install docker.io "the docker environment runs on it"
  has_docker || command -v ip >/dev/null 2>&1 || install iproute2 "the containers get a network of their own"
  has_browser || install chromium "the pages of the reports are opened in it"
}

# The docker environment is tested against a daemon: one that runs, or one of our own with nothing but our images, ended by its id.
docker_folder=
has_docker() {
  command -v docker >/dev/null 2>&1 && docker version >/dev/null 2>&1
}

prepare_docker() {
  if ! has_docker; then
    start_docker || return 0
  fi
  if [ "$makes_images" = yes ]; then
    sh tests/docker-images.sh || echo "tests: the images for the docker environment could not be made" >&2
  fi
}

start_docker() {
  as_root_works && make_bridge || return 1
  for driver in overlay2 vfs; do # the second where the folder lies on an overlay itself
    # In namespaces of its own nothing of it outlives it, however it ends: no container, no mount. Nor does it touch the machine's firewall.
    $as_root unshare --mount --pid --mount-proc --fork --kill-child=TERM \
      dockerd --host "unix://$docker_folder/docker.sock" --data-root "$docker_folder/data" --exec-root "$docker_folder/exec" \
      --pidfile "$docker_folder/inner-pid" --storage-driver "$driver" \
      --bridge "$bridge" --iptables=false --ip6tables=false --ip-forward=false >"$docker_folder/log" 2>&1 &
    daemon=$!
    echo "$daemon" >"$docker_folder/pid"
    while [ -d "/proc/$daemon" ]; do
      if docker version >/dev/null 2>&1; then
        $as_root chmod 666 "$docker_folder/docker.sock"
        return 0
      fi
      sleep 0.2
    done
  done
  echo "tests: dockerd did not start; its last words: $(tail -n 2 "$docker_folder/log")" >&2
  return 1
}

# A network that no other daemon hands addresses out in, named and numbered after this process.
bridge=hrns$$
make_bridge() {
  for left in /sys/class/net/hrns*; do
    [ ! -d "$left" ] || [ -d "/proc/${left##*/hrns}" ] || $as_root ip link delete "${left##*/}"
  done
  $as_root ip link add name "$bridge" type bridge &&
    $as_root ip address add "10.$((128 + $$ / 256 % 128)).$(($$ % 256)).1/24" dev "$bridge" &&
    $as_root ip link set "$bridge" up
}

as_root_works() {
  command -v dockerd >/dev/null 2>&1 && command -v ip >/dev/null 2>&1 && $as_root true >/dev/null 2>&1
}

end_docker() {
  [ -n "$docker_folder" ] || return 0
  if [ -f "$docker_folder/pid" ]; then
    $as_root kill "$(cat "$docker_folder/pid")" 2>/dev/null || true
    for _ in $(seq 50); do
      [ -n "$(daemons)" ] || break
      sleep 0.1
    done
    for process in $(daemons); do $as_root kill -9 "$process" 2>/dev/null || true; done
  fi
  $as_root ip link delete "$bridge" 2>/dev/null || true
  $as_root rm -rf "$docker_folder"
}

# The processes that were started with the folder's socket, by their ids.
daemons() {
  echo "$docker_folder/docker.sock" | grep -lsaf - /proc/[0-9]*/cmdline | cut -d / -f 3
}

if ! has_docker; then
  docker_folder=$(mktemp -d)
  export DOCKER_HOST="unix://$docker_folder/docker.sock"
fi
trap end_docker EXIT
trap 'exit 130' INT TERM
makes_images=no
if [ -z "${HARNESS_IMAGE_REDIS:-}${HARNESS_IMAGE_POSTGRES:-}" ]; then
  export HARNESS_IMAGE_REDIS=harness-tests/redis HARNESS_IMAGE_POSTGRES=harness-tests/postgres
  makes_images=yes
fi
# The machine is made ready while the compiler works.
{ install_what_is_missing; prepare_docker; } &
preparing=$!

echo "tests: building …"
mkdir -p artifacts
: >artifacts/harness.stamp.next
if ! dotnet build Harness.sln -c Release -v quiet --nologo >artifacts/build.log 2>&1; then
  grep -E 'error|warn' artifacts/build.log | sort -u >&2 || cat artifacts/build.log >&2
  echo "tests: the build failed; the whole log is in artifacts/build.log" >&2
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
wait "$preparing" || true
# The whole solution holds the command too, so the launcher need not build it again.
mv artifacts/harness.stamp.next artifacts/harness.stamp

results=artifacts/test-logs
mkdir -p "$results"
rm -f "$results"/*.xml "$results"/*.log "$results"/*.result "$results"/failures.txt

# What the failed tests of a log said: from each [FAIL] or error to the end of its indented account. The whole log stays in artifacts/test-logs.
told() {
  echo "--- $1"
  awk '/\[FAIL\]/ || /^ *\[[A-Z ]*(ERROR|FAILURE)/ { on = 1; left = 60; print; next } on && (/^     / || /^$/) && left-- > 0 { print; next } { on = 0 }' "$1"
}

# Runs one project and leaves "passed failed skipped" in its .result.
run() {
  name=$1
  log=$results/$name.log
  started=$(date +%s)
  # Pages and searches take all the processor they get, and nobody waits for them: those that are about time go first.
  case " $computing " in *" $name "*) step_back=10 ;; *) step_back=0 ;; esac
  nice -n "$step_back" dotnet "artifacts/bin/$name/release/$name.dll" -noLogo -noColor -longRunning 60 -xml "$results/$name.xml" >"$log" 2>&1 && code=0 || code=$?
  summary=$(grep -E '^ *Harness\..* Total: ' "$log" | tail -n 1 || true)
  number() { echo "$summary" | sed -n "s/.*$1: \([0-9]*\).*/\1/p"; }
  if [ -z "$summary" ]; then
    echo "  $name did not finish (exit code $code); its log:"
    tail -n 40 "$log"
    echo "0 1 0" >"$results/$name.result"
    return
  fi
  if [ "$(number Total)" = 0 ]; then
    echo "  $name holds no test"
    echo "0 1 0" >"$results/$name.result"
    return
  fi
  bad=$(($(number Failed) + $(number Errors)))
  # A run that ends badly without naming a test is a failure all the same.
  [ "$code" = 0 ] || [ "$bad" -gt 0 ] || bad=1
  echo "$(($(number Total) - $(number Failed) - $(number Skipped))) $bad $(number Skipped)" >"$results/$name.result"
  echo "  $name: $(number Total) tests, $bad failed, $(number Skipped) skipped, $(($(date +%s) - started)) s"
  if [ "$bad" != 0 ]; then told "$log" >>"$results/failures.txt"; fi
}

wanted() { # project: is it one of those asked for, if any were
  [ -n "$only" ] || return 0
  for one in $only; do [ "Harness.$one.Tests" = "$1" ] && return 0; done
  return 1
}

lane() {
  for name in "$@"; do
    if wanted "$name"; then run "$name"; fi
  done
}

only=$*
all=$(for project in tests/Harness.*.Tests; do basename "$project"; done)
# Those that are about time share the machine with those that mostly compute or wait for a browser; after them the whole system runs, most of whose time
# is its experiments' own, beside the services' tests, which wait for what they want to see.
timed="Harness.Load.Tests Harness.EndToEnd.Tests"
last=Harness.Target.Tests
computing="Harness.Reports.Tests Harness.Checks.Tests"
others=$(for name in $all; do case " $timed $last " in *" $name "*) ;; *) echo "$name" ;; esac; done)
lane $others $last &
lane $timed
wait $!

passed=0 failed=0 skipped=0
for name in $all; do
  wanted "$name" || continue
  # One that left no result never came to its end.
  read -r p f s <"$results/$name.result" 2>/dev/null || { p=0 f=1 s=0; echo "  $name left no result"; }
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
# The failures come last, where the end of a log is all that is kept.
if [ -f "$results/failures.txt" ]; then head -c 12000 "$results/failures.txt"; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
