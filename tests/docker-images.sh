#!/bin/sh
# Makes the images that the docker environment is tested with from the servers installed on this machine, for where no registry is reached.
#   tests/docker-images.sh    then    HARNESS_IMAGE_REDIS=harness-tests/redis HARNESS_IMAGE_POSTGRES=harness-tests/postgres ./harness run …
# The same installed files give the same image: names are sorted, times and owners fixed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
postgres=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

# Copies programs, and the libraries that each says it needs, under the same paths.
copy() { # root, program or library...
  root=$1
  shift
  for file in "$@"; do
    { echo "$file"; ldd "$file" 2>/dev/null | grep -o '/[^ ]*' || true; }
  done | sort -u | while read -r path; do
    mkdir -p "$root$(dirname "$path")"
    cp -Lp "$path" "$root$path"
  done
}

base() { # root
  mkdir -p "$1/bin" "$1/tmp" "$1/etc" "$1/data"
  chmod 1777 "$1/tmp" "$1/data"
  copy "$1" /bin/sh
  printf 'root:x:0:0::/:/bin/sh\nserver:x:999:999::/data:/bin/sh\n' >"$1/etc/passwd"
}

# The first user that is not root: PostgreSQL refuses to be run by that one.
import() { # name, root, changes...
  name=$1 root=$2
  shift 2
  tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c . |
    docker import --change 'WORKDIR /data' --change 'USER 999' "$@" - "$name" >/dev/null
}

base "$work/redis"
copy "$work/redis" /usr/bin/redis-server /usr/bin/redis-cli
import harness-tests/redis "$work/redis" --change 'CMD ["redis-server"]' --change 'ENV PATH=/usr/bin:/bin'

base "$work/postgres"
copy "$work/postgres" "$postgres"/initdb "$postgres"/postgres "$postgres"/pg_isready "$postgres"/psql \
  $(find "$postgres/../lib" -name 'plpgsql.so' -o -name 'dict_snowball.so' -o -name 'libpqwalreceiver.so' -o -name '*_and_*.so')
share=/usr/share/postgresql/$(basename "$(dirname "$postgres")")
mkdir -p "$work/postgres$share" "$work/postgres/usr/share/zoneinfo"
cp -RLp "$share/." "$work/postgres$share"
rm -rf "$work/postgres$share/man"
cp -Lp /usr/share/zoneinfo/UTC "$work/postgres/usr/share/zoneinfo/UTC"
# What the public image's own entry point does with these variables, as far as a test needs it.
cat >"$work/postgres/bin/entry" <<ENTRY
#!/bin/sh
set -eu
PATH=$postgres:/bin
if [ ! -f /data/cluster/PG_VERSION ]; then
  printf '%s' "\$POSTGRES_PASSWORD" >/data/password
  initdb --pgdata /data/cluster --username "\$POSTGRES_USER" --pwfile /data/password --auth scram-sha-256 --no-sync --locale C --encoding UTF8
  echo 'host all all all scram-sha-256' >>/data/cluster/pg_hba.conf
fi
exec postgres -D /data/cluster -c listen_addresses='*' -c unix_socket_directories=/tmp "\$@"
ENTRY
chmod 755 "$work/postgres/bin/entry"
import harness-tests/postgres "$work/postgres" --change 'ENTRYPOINT ["/bin/entry"]' --change "ENV PATH=$postgres:/bin"
