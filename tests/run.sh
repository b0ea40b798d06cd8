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

install() { # package, what for
  if command -v apt-get >/dev/null 2>&1 && $as_root true >/dev/null 2>&1; then
    echo "tests: installing $1 ($2) …"
    { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$1"; } >/dev/null 2>&1 && return 0
  fi
  echo "tests: $1 is missing ($2); install it with: sudo apt-get install $1" >&2
}

has_postgres() {
  command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

has_browser || install chromium "the pages of the reports are opened in it"
command -v redis-server >/dev/null 2>&1 || install redis-server "the local environment runs on it"
has_postgres || install postgresql "the local environment runs on it"

echo "tests: building …"
mkdir -p artifacts
: >artifacts/harness.stamp.next
if ! dotnet build Harness.sln -c Release -v quiet --nologo >artifacts/build.log 2>&1; then
  grep -E 'error|warn' artifacts/build.log | sort -u >&2 || cat artifacts/build.log >&2
  echo "tests: the build failed; the whole log is in artifacts/build.log" >&2
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
# The whole solution holds the command too, so the launcher need not build it again.
mv artifacts/harness.stamp.next artifacts/harness.stamp

results=artifacts/test-logs
mkdir -p "$results"
rm -f "$results"/*.log "$results"/*.result

# Runs one project and leaves "passed failed skipped" in its .result.
run() {
  name=$1
  log=$results/$name.log
  started=$(date +%s)
  dotnet "artifacts/bin/$name/release/$name.dll" -noLogo -noColor -longRunning 60 >"$log" 2>&1 && code=0 || code=$?
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
  [ "$bad" = 0 ] || grep -vE '^ *(Discover|Start|Finish)' "$log"
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
# Those that are about time share the machine with nothing but those that mostly compute or wait for a browser; the whole system runs alone.
timed="Harness.Toxiproxy.Tests Harness.Load.Tests Harness.Target.Tests"
last=Harness.EndToEnd.Tests
others=$(for name in $all; do case " $timed $last " in *" $name "*) ;; *) echo "$name" ;; esac; done)
lane $others &
lane $timed
wait $!
lane $last

passed=0 failed=0 skipped=0
for name in $all; do
  wanted "$name" || continue
  # One that left no result never came to its end.
  read -r p f s <"$results/$name.result" 2>/dev/null || { p=0 f=1 s=0; echo "  $name left no result"; }
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
