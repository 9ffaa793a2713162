#!/bin/sh
# Renders nginx.conf into the prefix, $1, and becomes OpenResty. Settings: defaults.env beside this file.
set -eu

source=$(dirname "$0")
prefix=$1

names=
while IFS='=' read -r name default; do
  case $name in CIRRUS_EDGE_*) ;; *) continue ;; esac
  # A variable that is set wins, also when it is empty.
  eval "export $name=\"\${$name-\$default}\""
  names="$names \${$name}"
done < "$source/defaults.env"

mkdir -p "$prefix"
envsubst "$names" < "$source/nginx.conf" > "$prefix/nginx.conf"

# What handshakes get that name no domain with a certificate.
if [ ! -e "$prefix/placeholder.crt" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
    -subj /CN=placeholder.invalid -keyout "$prefix/placeholder.key" -out "$prefix/placeholder.crt" 2> /dev/null
fi

exec openresty -p "$prefix/" -c nginx.conf -e stderr
