#!/usr/bin/env bash
# Certificates that must not be believed, for tests of the transport: certificates.sh DIR, beside a CA in DIR/ca.{pem,key}.
# Makes DIR/<name>/server.{pem,key}: expired, future, wrong-host, self-signed, other-ca, and good to compare with.
set -euo pipefail
export LC_ALL=C
dir=${1:?certificates.sh wants the folder with ca.pem and ca.key}
cd "$dir"

# key NAME: a folder with a key and a request for it.
key() {
    mkdir -p "$1"
    openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout "$1/server.key" -out "$1/server.csr" 2>/dev/null
}

# sign NAME CA HOST FROM TO: the times as YYYYMMDDHHMMSSZ; `openssl ca` alone takes any.
sign() {
    local name=$1 ca=$2 host=$3 from=$4 to=$5
    mkdir -p "$name/new"
    : >"$name/index.txt"
    cat >"$name/ca.conf" <<CONF
[ca]
default_ca = one
[one]
database = $name/index.txt
new_certs_dir = $name/new
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
subjectAltName = DNS:$host
extendedKeyUsage = serverAuth
CONF
    openssl ca -batch -config "$name/ca.conf" -cert "$ca.pem" -keyfile "$ca.key" -startdate "$from" -enddate "$to" \
        -in "$name/server.csr" -out "$name/server.pem" -notext 2>"$name/log"
}

for name in good expired future wrong-host other-ca self-signed; do key "$name"; done
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Another CA" -keyout other.key -out other.pem 2>/dev/null
sign good ca localhost 20200101000000Z 20991231000000Z
sign expired ca localhost 20200101000000Z 20200201000000Z
sign future ca localhost 20980101000000Z 20991231000000Z
sign wrong-host ca mail.other.example 20200101000000Z 20991231000000Z
sign other-ca other localhost 20200101000000Z 20991231000000Z
openssl x509 -req -in self-signed/server.csr -signkey self-signed/server.key -days 30 \
    -extfile <(printf 'subjectAltName=DNS:localhost\n') -out self-signed/server.pem 2>/dev/null
