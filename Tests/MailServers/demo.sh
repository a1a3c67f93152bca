#!/usr/bin/env bash
# Shows Postern's whole way on sample mails: real Dovecot, real submission with TLS and a login, the real daemon.
# Needs no root. Status 0 when every mail came to the verdict that samples/expected.json names.
#
#   demo.sh POSTERN           the program to show
#   POSTERN_DEMO_KEEP=1       keeps the folder with everything in it
#   POSTERN_DEMO_CONFINED=1   runs the program under the restrictions of Systemd/postern.service (see confined.py)
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
postern=${1:?demo.sh wants the postern program}
[[ -x $postern ]] || { echo "demo.sh: $postern is no program" >&2; exit 2; }

program=demo
# shellcheck source=room.sh
source "$here/room.sh"

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [[ ! -t 1 ]]; then step() { printf '\n%s\n' "$*"; }; fi
run() { "${command[@]}" "$@" --config "$work/postern.yaml"; }
report() { "$here/demo-report.py" "$@" --work "$work" --samples "$here/samples"; }

# Writes down what the program knows now, for the report: snapshot NAME.
snapshot() {
    run request list --json >"$work/requests-$1.jsonl"
    run messages list --json >"$work/messages.jsonl"
    run outbox list --json >"$work/outbox.jsonl"
}

# await NUMBER: until so many mails have a verdict and no reply waits.
await() {
    local tries
    for ((tries = 0; tries < 240; tries++)); do
        if ! kill -0 "$daemon" 2>/dev/null; then
            echo "demo: the daemon ended by itself" >&2
            daemon=''
            return 1
        fi
        snapshot after
        if report settled "$1"; then return 0; fi
        sleep 0.25
    done
    echo "demo: not all mails were answered within a minute" >&2
    return 1
}

step "Starting Dovecot (IMAP and submission, both with TLS) and smtp-sink on loopback"
start_servers
echo "imaps://localhost:$IMAPS_PORT  smtps://localhost:$SMTPS_PORT  (smtp-sink takes the replies)"

command=("$postern")
if [[ ${POSTERN_DEMO_CONFINED:-} == 1 ]]; then
    command=("$here/confined.py" "$here/../../Systemd/postern.service" "$postern")
    # As root, confined.py becomes `nobody`.
    if [[ $EUID -eq 0 ]]; then chown nobody "$work/state" "$work/password"; fi
    echo "Postern runs under the restrictions of its systemd unit"
fi

write_settings

step "Importing the registry"
run import "$here/samples/registry.jsonl"
snapshot before

step "Delivering the sample mails and running the daemon"
count=$(find "$here/samples/mails" -name '*.eml' | wc -l)
"$here/mail-servers.sh" deliver "$work/servers" "$here/samples/mails"
"${command[@]}" serve --config "$work/postern.yaml" >"$work/postern.log" 2>&1 &
daemon=$!
await "$count"
echo "answered; now one sender mends her mail, while the daemon waits in IDLE"
"$here/mail-servers.sh" deliver "$work/servers" "$here/samples/later"
await $((count + 1))

step "Stopping the daemon"
kill -TERM "$daemon"
status=0
wait "$daemon" || status=$?
daemon=''
echo "it ended with status $status"
((status == 0)) || exit 1

step "What each mail came to"
report table

step "A reply to an accepted mail, as the mail server received it"
report reply 01-importer.eml
step "A reply to an incomplete mail"
report reply 07-authority-in-to.eml
